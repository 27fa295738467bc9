using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Hetero.Core.Benchmarks.Setup;

Selection selection = Selection.Parse(args);
BenchmarkSwitcher switcher = BenchmarkSwitcher.FromAssembly(typeof(Selection).Assembly);
if (selection.NeedsAnswer && Console.IsInputRedirected)
{
    // The menu would read an empty answer again and again.
    Console.WriteLine(Selection.HowToChoose);
    return 2;
}

Summary[] summaries = [.. switcher.Run(selection.Arguments, SuiteConfig.Create(selection.IsQuick))];

// BenchmarkDotNet reports a benchmark that failed and goes on; a script has to see it too.
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
