using System.Globalization;
using System.Runtime.InteropServices;

namespace Hetero.Core.Benchmarks.Peers.Native;

/// <summary>A LAPACK of this process, by the names that Fortran gives its routines.</summary>
internal sealed unsafe class LapackLibrary
{
    private const string OpenBlasFile = "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so.0";

    // oneMKL as this package carries it: nothing has to be installed, and the package is in no project, for it has 600 MB.
    private const string MklPackage = "libtorch-cpu-linux-x64/2.10.0";

    private static readonly string[] MklFiles = ["libgomp-98b21ff3.so.1", "libc10.so", "libtorch_cpu.so"];

    private static readonly Dictionary<int, IReadOnlyList<LapackLibrary>> Loaded = [];

    private readonly nint _handle;

    private LapackLibrary(string name, nint handle)
    {
        Name = name;
        _handle = handle;
    }

    /// <summary>Gets what it is called in a table.</summary>
    public string Name { get; }

    /// <summary>Returns those that are on this machine, set to a number of threads.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="notes">Receives why one is missing.</param>
    public static IReadOnlyList<LapackLibrary> All(int threads, List<string> notes)
    {
        if (!Loaded.TryGetValue(threads, out IReadOnlyList<LapackLibrary>? libraries))
        {
            libraries = [.. new[] { Load(OpenBlas, threads, notes), Load(Mkl, threads, notes) }.OfType<LapackLibrary>()];
            Loaded.Add(threads, libraries);
        }

        return libraries;
    }

    /// <summary>Returns the address of a routine; null where the library lacks it.</summary>
    /// <param name="name">The name with the letter of the precision, without the underscore.</param>
    public void* Find(string name) => NativeLibrary.TryGetExport(_handle, name + "_", out nint address) ? (void*)address : null;

    /// <summary>A library that cannot be asked for its version or told the number of threads is of another build.</summary>
    private static LapackLibrary? Load(Func<int, List<string>, LapackLibrary?> load, int threads, List<string> notes)
    {
        try
        {
            return load(threads, notes);
        }
        catch (EntryPointNotFoundException problem)
        {
            notes.Add($"Skipped a LAPACK: {problem.Message}");
            return null;
        }
    }

    private static LapackLibrary? OpenBlas(int threads, List<string> notes)
    {
        // It reads the environment of C, which the runtime's own does not change. By itself it takes slower kernels on some processors.
        _ = SetEnvironment("OPENBLAS_CORETYPE", PythonWorker.CoreType, 1);
        if (!NativeLibrary.TryLoad(OpenBlasFile, out nint handle))
        {
            notes.Add($"Skipped OpenBLAS' LAPACK: there is no {OpenBlasFile} (Debian: libopenblas0-pthread).");
            return null;
        }

        ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(handle, "openblas_set_num_threads"))(threads);
        string core = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)NativeLibrary.GetExport(handle, "openblas_get_corename"))())!;
        string version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)NativeLibrary.GetExport(handle, "openblas_get_config"))())!.Split(' ')[1];
        return new LapackLibrary(string.Create(CultureInfo.InvariantCulture, $"OpenBLAS {version} ({core})"), handle);
    }

    private static LapackLibrary? Mkl(int threads, List<string> notes)
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string folder = Path.Combine(packages, MklPackage);
        nint handle = 0;
        foreach (string name in MklFiles)
        {
            string? file = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories).FirstOrDefault() : null;
            if (file is null || !NativeLibrary.TryLoad(file, out handle))
            {
                notes.Add($"Skipped oneMKL: {name} of {folder} cannot be loaded (bench/README.md says how to fetch it).");
                return null;
            }
        }

        _ = ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, "MKL_Set_Num_Threads_Local"))(threads);
        return new LapackLibrary("oneMKL 2024.2 (AVX2 on AMD)", handle);
    }

    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetEnvironment([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
