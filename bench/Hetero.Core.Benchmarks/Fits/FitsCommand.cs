namespace Hetero.Core.Benchmarks.Fits;

/// <summary>Makes the tables of docs/fit.md: data sets of many seeds, each fitted as `hetero generate` and `hetero fit` would.</summary>
internal static class FitsCommand
{
    public const string Name = "fits";

    private const string Help = "--help";

    /// <summary>Runs the command.</summary>
    /// <returns>0; 2 for wrong usage.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments.Contains(Help))
        {
            Console.WriteLine(FitsOptions.Usage);
            return 0;
        }

        FitsOptions options;
        try
        {
            options = FitsOptions.Parse(arguments);
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine($"{problem.Message}{Environment.NewLine}{FitsOptions.Usage}");
            return 2;
        }

        using FitBench bench = new(options.Folder, options.Threads);
        options.Table.Write(options, bench, Console.Out);
        return 0;
    }
}
