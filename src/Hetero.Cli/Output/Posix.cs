using System.Runtime.InteropServices;

namespace Hetero.Cli.Output;

/// <summary>
/// The few calls of the system that .NET has no name for: what kind of file a name leads to and whose it is, writing to an inherited descriptor with
/// its errors told, and keeping a replaced file's owner. The library itself calls nothing native.
/// </summary>
internal static partial class Posix
{
    public const int Interrupted = 4;
    public const int TryAgain = 11;

    /// <summary>The same on macOS.</summary>
    public const int TryAgainMac = 35;

    public const int CurrentDirectory = -100;
    public const int EmptyPath = 0x1000;
    public const uint BasicStatus = 0x7FF;
    public const int GetDescriptorFlags = 1;
    public const int GetStatusFlags = 3;
    public const int CloseOnExec = 1;
    public const int AccessMask = 3;
    public const int SharedLock = 1;

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(int descriptor, byte* bytes, nint count);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(SafeHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeHandle file, int operation);

    /// <summary>Linux alone. Its structure is the same on all processors, unlike that of stat.</summary>
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Status(int directory, string path, int flags, uint mask, out LinuxStatus status);

    /// <summary>What <see cref="Status"/> fills: the fields that are used here, at their places.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct LinuxStatus
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
