namespace Hetero.Core.Benchmarks.Setup;

/// <summary>Takes this program's own flag out of the arguments; the rest are BenchmarkDotNet's.</summary>
internal sealed class Selection
{
    /// <summary>What to print where nobody can answer a menu.</summary>
    public const string HowToChoose =
        """
        Choose what to run:
          --filter '*'                       every suite
          --filter '*ProductBenchmarks*'     one suite
          --filter '*StepBenchmarks.Stored*' some benchmarks of it
          --list flat                        the names of all benchmarks
          --quick                            with any of these: few and short iterations, to see that everything runs
          --help                             BenchmarkDotNet's own options
          suites [NAME…] [--save]            instead of all this: short jobs, tables kept for this processor
          peers                              against NumPy, OpenBLAS and PyTorch
          plots                              rates over sizes, as pictures
        """;

    private const string Quick = "--quick";

    // Each of these makes BenchmarkDotNet go on without its menu.
    private static readonly string[] Decisive =
        ["-f", "--filter", "--list", "--info", "--help", "--version", "--attribute", "--anyCategories", "--allCategories"];

    private Selection(string[] arguments, bool isQuick) => (Arguments, IsQuick) = (arguments, isQuick);

    /// <summary>Gets the arguments for BenchmarkDotNet.</summary>
    public string[] Arguments { get; }

    /// <summary>Gets whether few and short iterations were asked for.</summary>
    public bool IsQuick { get; }

    /// <summary>Gets whether BenchmarkDotNet will ask which benchmarks to run.</summary>
    public bool NeedsAnswer => !Has(Decisive);

    /// <summary>Gets whether benchmarks were named that are to run, so that none is a mistake.</summary>
    public bool IsFilter => Has("-f", "--filter") && !Has("--list", "--info", "--help", "--version");

    /// <summary>Reads the arguments.</summary>
    public static Selection Parse(string[] arguments)
        => new([.. arguments.Where(argument => argument != Quick)], arguments.Contains(Quick));

    private bool Has(params string[] names)
        => Arguments.Any(argument => names.Contains(argument.Split('=')[0], StringComparer.OrdinalIgnoreCase));
}
