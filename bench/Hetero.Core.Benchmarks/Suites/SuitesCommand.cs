using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Benchmarks.Setup;

namespace Hetero.Core.Benchmarks.Suites;

/// <summary>Runs suites with short jobs, and keeps their tables with the results of this processor.</summary>
internal static class SuitesCommand
{
    public const string Name = "suites";

    private const string Save = "--save";

    private const string Usage =
        """
        suites [NAME…] [--save]
          NAME     a suite such as ProductBenchmarks; all without a name
          --save   writes a table for each suite to bench/results/<cpu>
        """;

    private static readonly Type[] All =
        [.. typeof(SuitesCommand).Assembly.GetTypes().Where(type => type.IsPublic && NameOf(type).Contains("Benchmark", StringComparison.Ordinal))];

    /// <summary>Runs the command.</summary>
    /// <returns>0; 1 if a benchmark failed; 2 for wrong usage.</returns>
    public static int Run(string[] arguments)
    {
        string[] names = [.. arguments.Where(argument => argument != Save)];
        if (names.FirstOrDefault(name => All.All(suite => NameOf(suite) != name)) is { } unknown)
        {
            Console.Error.WriteLine($"'{unknown}' is not a suite; accepted are {string.Join(", ", All.Select(NameOf).Order())}.");
            Console.Error.WriteLine(Usage);
            return 2;
        }

        string artifacts = Path.GetFullPath("BenchmarkDotNet.Artifacts");

        // BenchmarkDotNet looks for this project's source from the current directory upwards; the program lies below it, the caller may not.
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        bool isSaved = arguments.Contains(Save), isComplete = true;
        foreach (Type suite in All.Where(suite => names.Length == 0 || names.Contains(NameOf(suite))).OrderBy(NameOf, StringComparer.Ordinal))
        {
            Summary[] summaries =
                [.. BenchmarkSwitcher.FromTypes([suite]).RunAll(SuiteConfig.Create(JobLength.Short, artifacts))];
            bool isUsable = summaries.All(IsComplete);
            isComplete &= isUsable;
            if (isSaved && isUsable)
            {
                ResultFiles.Write($"{NameOf(suite)}.md", Document(suite, summaries));
            }
        }

        return isComplete ? 0 : 1;
    }

    /// <summary>Returns whether all of a suite's benchmarks have a result: BenchmarkDotNet reports one that failed and goes on.</summary>
    public static bool IsComplete(Summary summary) => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success);

    private static string NameOf(Type suite) => suite.Name.Split('`')[0];

    private static string Document(Type suite, IEnumerable<Summary> summaries)
    {
        AccumulationLogger text = new();
        text.WriteLine($"# {NameOf(suite)}");
        text.WriteLine();
        text.WriteLine($"{Machine.Processor}; {JobLengths.ShortDescription}; load of the machine {Machine.Load} at the end.");
        foreach (Summary summary in summaries)
        {
            text.WriteLine();
            if (summary.BenchmarksCases.FirstOrDefault()?.Descriptor.Type.GetGenericArguments() is [var element])
            {
                text.WriteLine($"## {(element == typeof(float) ? "float" : "double")}");
                text.WriteLine();
            }

            MarkdownExporter.GitHub.ExportToLog(summary, text);
            if (ShareColumn.IsIn(summary))
            {
                text.WriteLine();
                text.WriteLine($"Ceilings: {string.Join("; ", summary.BenchmarksCases.Select(one => one.Job).DistinctBy(job => job.Id).Select(JobCeilings.Describe))}.");
            }
        }

        return text.GetLog().ReplaceLineEndings("\n");
    }
}
