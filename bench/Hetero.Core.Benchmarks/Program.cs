using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Hetero.Core.Benchmarks.Accuracy;
using Hetero.Core.Benchmarks.Alarms;
using Hetero.Core.Benchmarks.Disk;
using Hetero.Core.Benchmarks.Factored;
using Hetero.Core.Benchmarks.Fits;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Plots;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Benchmarks.Suites;

if (args is [PeersCommand.Name, .. string[] rest])
{
    return PeersCommand.Run(rest);
}

if (args is [PlotsCommand.Name, .. string[] options])
{
    return PlotsCommand.Run(options);
}

if (args is [SuitesCommand.Name, .. string[] suites])
{
    return SuitesCommand.Run(suites);
}

if (args is [AlarmsCommand.Name, .. string[] surveyed])
{
    return AlarmsCommand.Run(surveyed);
}

if (args is [AccuracyCommand.Name, .. string[] compared])
{
    return AccuracyCommand.Run(compared);
}

if (args is [DiskCommand.Name, .. string[] passes])
{
    return DiskCommand.Run(passes);
}

if (args is [FitsCommand.Name, .. string[] tables])
{
    return FitsCommand.Run(tables);
}

if (args is [FactoredCommand.Name, .. string[] sizes])
{
    return FactoredCommand.Run(sizes);
}

if (args is [CeilingsCommand.Name])
{
    return CeilingsCommand.Run();
}

if (args is [StepsCommand.Name])
{
    return StepsCommand.Run();
}

Selection selection = Selection.Parse(args);
BenchmarkSwitcher switcher = BenchmarkSwitcher.FromAssembly(typeof(Selection).Assembly);
if (selection.NeedsAnswer && Console.IsInputRedirected)
{
    // The menu would read an empty answer again and again.
    Console.WriteLine(Selection.HowToChoose);
    return 2;
}

IConfig config = SuiteConfig.Create(selection.IsQuick ? JobLength.Quick : JobLength.Full, Path.GetFullPath("BenchmarkDotNet.Artifacts"));

// BenchmarkDotNet looks for this project's source from the current directory upwards; the program lies below it, the caller may not.
Environment.CurrentDirectory = AppContext.BaseDirectory;
Summary[] summaries = [.. switcher.Run(selection.Arguments, config)];
if (summaries.Length == 0 && selection.IsFilter)
{
    return 2;
}

return summaries.All(SuitesCommand.IsComplete) ? 0 : 1;
