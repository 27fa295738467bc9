using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>A Python process that runs one of the scripts in bench/peers: a line to it, a line from it. Owns the process.</summary>
internal sealed class PythonWorker : IDisposable
{
    // A worker ends when its standard input does; one that hangs in a library does not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _script;
    private readonly int _threads;
    private volatile string? _lastWords;

    /// <summary>Starts a worker and makes sure that it uses the kernels and threads that it should.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="script">The name of the script, without extension.</param>
    /// <param name="threads">The number of threads for every library in it.</param>
    /// <exception cref="PeerException">It does not start, or takes other kernels.</exception>
    public PythonWorker(string python, string script, int threads)
    {
        (_script, _threads) = (script, threads);
        string path = Path.Combine(AppContext.BaseDirectory, "peers", script + ".py");
        ProcessStartInfo start = new(python, ["-B", path])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        string count = threads.ToString(CultureInfo.InvariantCulture);
        foreach (string variable in new[] { "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS" })
        {
            start.Environment[variable] = count;
        }

        // Neither library takes the widest kernels by itself on every processor: PyTorch does so only when told.
        start.Environment["OPENBLAS_CORETYPE"] = CoreType;
        start.Environment["ATEN_CPU_CAPABILITY"] = SimdPath.Is512 ? "avx512" : "avx2";
        if (!SimdPath.Is512)
        {
            // Without AVX-512 on our side there is none on the other. NumPy refuses names that its processor does not have: it only warns.
            start.Environment["NPY_DISABLE_CPU_FEATURES"] = "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL";
            start.Environment["PYTHONWARNINGS"] = "ignore";
        }

        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw new PeerException($"'{python}' cannot be started ({new Win32Exception(problem.NativeErrorCode).Message})");
        }

        _process.ErrorDataReceived += (_, line) => _lastWords = string.IsNullOrWhiteSpace(line.Data) ? _lastWords : line.Data.Trim();
        _process.BeginErrorReadLine();
        try
        {
            CheckSettings();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gets the fastest kernels of OpenBLAS for the registers that our side uses; by itself it may choose slower ones.</summary>
    public static string CoreType => SimdPath.Is512 ? "SkylakeX" : "Haswell";

    /// <summary>Gets whether the process is there no more, so that another has to take its place.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Asks for the versions, and makes sure of kernels and threads; those of torch once a case has loaded it.</summary>
    /// <exception cref="PeerException">They are not the ones that were asked for.</exception>
    public WorkerInfo CheckSettings()
    {
        WorkerInfo info = Read(Exchange("info"), answer => JsonSerializer.Deserialize<WorkerInfo>(answer) ?? throw new FormatException());
        if (!CoreType.Equals(info.Core, StringComparison.OrdinalIgnoreCase))
        {
            throw new PeerException(info.Core is { } core ? $"OpenBLAS took its {core} kernels instead of {CoreType}" : "NumPy's BLAS is not OpenBLAS");
        }

        // The other way round a build may lack such kernels; the versions say what it took.
        if (!SimdPath.Is512 && (info.NumPyHasAvx512 || info.TorchKernels?.StartsWith("AVX512", StringComparison.OrdinalIgnoreCase) == true))
        {
            throw new PeerException($"{_script}.py uses AVX-512, which is switched off on our side");
        }

        foreach (int? threads in new[] { info.OpenBlasThreads, info.TorchThreads })
        {
            if (threads is { } count && count != _threads)
            {
                throw new PeerException($"{_script}.py runs on {count} threads instead of {_threads}");
            }
        }

        return info;
    }

    /// <summary>Sends a command and returns the numbers of the answer.</summary>
    /// <exception cref="PeerException">The script reports an error, or ended.</exception>
    public double[] Ask(string command)
        => Read(Exchange(command), answer => answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray());

    /// <inheritdoc/>
    public void Dispose()
    {
        if (HasEnded)
        {
            return;
        }

        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended by itself, with a line still on its way.
        }

        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        HasEnded = true;
        _process.Dispose();
    }

    /// <summary>Reads an answer. What is none, such as what a library prints, leaves the worker a line behind, so that it is ended.</summary>
    private TAnswer Read<TAnswer>(string answer, Func<string, TAnswer> read)
    {
        try
        {
            return read(answer);
        }
        catch (Exception problem) when (problem is FormatException or JsonException)
        {
            Dispose();
            throw new PeerException($"{_script}.py answers '{(answer.Length > 60 ? answer[..60] + "…" : answer)}'");
        }
    }

    private string Exchange(string command)
    {
        if (HasEnded)
        {
            throw new PeerException($"{_script}.py has ended");
        }

        string? answer = null;
        try
        {
            _process.StandardInput.WriteLine(command);
            _process.StandardInput.Flush();
            answer = _process.StandardOutput.ReadLine();
        }
        catch (IOException)
        {
            // The pipe is closed: said below.
        }

        const string Error = "error ";
        return answer switch
        {
            null => throw new PeerException($"{_script}.py ended without an answer{LastWords()}"),
            _ when answer.StartsWith(Error, StringComparison.Ordinal) => throw new PeerException($"{_script}.py: {answer[Error.Length..]}"),
            _ => answer,
        };
    }

    /// <summary>Ends a worker that does not answer, and returns why: the last line of its error output, as of a module that is missing, or how the system ended it.</summary>
    private string LastWords()
    {
        bool hasExited = _process.WaitForExit(Patience);
        if (hasExited)
        {
            // Without a time limit it waits for the rest of the output, too.
            _process.WaitForExit();
        }

        string reason = _lastWords ?? (hasExited ? FormattableString.Invariant($"exit code {_process.ExitCode}") : "it is still running");
        Dispose();
        return $" ({reason})";
    }
}
