using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Setup;

if (args is [PeersCommand.Name, .. string[] rest])
{
    return PeersCommand.Run(rest);
}

Selection selection = Selection.Parse(args);
BenchmarkSwitcher switcher = BenchmarkSwitcher.FromAssembly(typeof(Selection).Assembly);
if (selection.NeedsAnswer && Console.IsInputRedirected)
{
    // The menu would read an empty answer again and again.
    Console.WriteLine(Selection.HowToChoose);
    return 2;
}

IConfig config = SuiteConfig.Create(selection.IsQuick, Path.GetFullPath("BenchmarkDotNet.Artifacts"));

// BenchmarkDotNet looks for this project's source from the current directory upwards; the program lies below it, the caller may not.
Environment.CurrentDirectory = AppContext.BaseDirectory;
Summary[] summaries = [.. switcher.Run(selection.Arguments, config)];
if (summaries.Length == 0 && selection.IsFilter)
{
    return 2;
}

// BenchmarkDotNet reports a benchmark that failed and goes on; a script has to see it too.
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
