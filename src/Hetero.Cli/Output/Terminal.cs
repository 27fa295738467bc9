using System.Runtime.InteropServices;

namespace Hetero.Cli.Output;

/// <summary>The terminal behind standard error, if there is one.</summary>
internal static partial class Terminal
{
    private const int ErrorDescriptor = 2;
    private const nuint GetWindowSize = 0x5413;

    /// <summary>
    /// What tells the columns of the terminal, 0 if they are not known; null where standard error is no terminal, or one that cannot go back to the
    /// start of a line.
    /// </summary>
    public static Func<int>? ErrorWidth()
        => Console.IsErrorRedirected || (!OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb")
            ? null
            : Width;

    private static int Width()
    {
        // The console class asks another descriptor than that of standard error, and switches the keyboard's mode on the way.
        if (OperatingSystem.IsLinux())
        {
            return IoControl(ErrorDescriptor, GetWindowSize, out WindowSize size) == 0 ? size.Columns : 0;
        }

        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    private static partial int IoControl(int descriptor, nuint request, out WindowSize size);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct WindowSize
    {
        private readonly ushort _rows;
        private readonly ushort _columns;
        private readonly ushort _width;
        private readonly ushort _height;

        public int Columns => _columns;
    }
}
