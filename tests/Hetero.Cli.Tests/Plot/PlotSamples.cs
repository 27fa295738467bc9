using System.Globalization;
using Hetero.Cli.Tests.Support;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Cli.Tests.Plot;

/// <summary>Tables and manifests by hand, as small as they may be.</summary>
internal static class PlotSamples
{
    /// <summary>The members that every manifest has.</summary>
    public static string Versions { get; } = string.Create(CultureInfo.InvariantCulture, $"\"streamVersion\":{RandomStream.Version},\"arithmeticVersion\":{Arithmetic.Version}");

    /// <summary>A trajectory over 40 steps, from 10⁻⁶ over 10⁻⁴ to 10⁻².</summary>
    public static string Trajectory { get; } = """
        step,environment,signal,spurious,residual,error,pooled_error
        0,,0.1,1E-06,0.5,1,1.5
        10,7,0.2,0.0001,0.5,0.9,1.5
        40,-5,0.3,0.01,,0.8,1.5

        """;

    /// <summary>A trajectory that leaves every picture.</summary>
    public static string Diverging { get; } = """
        step,environment,signal,spurious,residual,error,pooled_error
        0,,0.1,0.01,0.5,1,1.5
        10,7,0.1,10,0.5,1,1.5
        20,7,0.1,100000,0.5,1,1.5

        """;

    /// <summary>Its manifest.</summary>
    public static string DivergedManifest { get; } = $$$"""
        {"command":"run",{{{Versions}}},"parameters":{"steps":40,"every":10,"out":"run.csv"},"outcome":{"status":"diverged","step":23},
        "lastRow":{"step":20,"environment":[7],"signal":0.1,"spurious":100000,"residual":0.5,"error":1,"pooled_error":1.5}}
        """;

    /// <summary>The manifest of a trajectory.</summary>
    public static string RunManifest(string table, int spread, string versions) => $$$"""
        {"command":"run",{{{versions}}},"parameters":{"spread":{{{spread}}},"steps":40,"every":10,"out":"{{{table}}}","json":null,"checkpoint":null,"checkpoint-every":null,"resume":null,"from":null},
        "outcome":{"status":"completed","step":40},"lastRow":{"step":40,"environment":[-5],"signal":0.3,"spurious":0.01,"residual":null,"error":0.8,"pooled_error":1.5}}
        """;

    /// <summary>The bands of a comparison of two methods, of which the second diverges in most runs at last.</summary>
    public static string Bands { get; } = """
        method,step,quantity,median,q10,q90
        "a, first",0,spurious,1E-06,1E-06,1E-06
        "a, first",20,spurious,0.0001,1E-05,0.01
        b,0,spurious,1E-06,1E-06,1E-06
        b,10,spurious,0.01,0.001,0.1
        b,20,spurious,Infinity,0.1,Infinity

        """;

    /// <summary>The table of the same.</summary>
    public static string Methods { get; } = """
        method,seeds,completed,diverged,step,spurious_median,spurious_q10,spurious_q90
        "a, first",3,3,0,20,0.0001,1E-05,0.01
        b,3,1,2,20,Infinity,0.1,Infinity

        """;

    /// <summary>Its manifest.</summary>
    public static string CompareManifest { get; } = $$$"""
        {"command":"compare",{{{Versions}}},"parameters":{"seeds":3,"out":"methods.csv","bands":"somewhere/bands.csv"},"methods":[
        {"name":"a, first","spurious":{"median":0.0001,"q10":1E-05,"q90":0.01},"settings":{"steps":20}},
        {"name":"b","spurious":{"median":"Infinity","q10":0.1,"q90":"Infinity"},"settings":{"steps":20,"step-size":2}}]}
        """;

    /// <summary>The manifest of a sweep.</summary>
    public static string SweepManifest(string varied, bool isZipped = false) => $$$"""
        {"command":"sweep",{{{Versions}}},"sweep":{"dimension":4,"measurements":"population","orthogonal":true,{{{varied}}},"seeds":3,"zip":{{{(isZipped ? "true" : "false")}}},"average-from":0.5}}
        """;

    /// <summary>Cells with the spurious share and its time average, a hundredth of it.</summary>
    public static string Cells(string columns, params (string Values, double Median)[] rows)
    {
        string[] lines =
        [
            $"{columns},seeds,completed,diverged,spurious_median,spurious_q10,spurious_q90,spurious_mean_median,spurious_mean_q10,spurious_mean_q90",
            .. rows.Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Values},3,3,0,{row.Median},{row.Median / 10},{row.Median * 10},{row.Median / 100},{row.Median / 1000},{row.Median / 10}")),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>Writes trajectory and manifest under one name.</summary>
    public static string WriteRun(TemporaryDirectory directory, string name, int spread)
    {
        directory.Write($"{name}.json", RunManifest($"{name}.csv", spread, Versions));
        return directory.Write($"{name}.csv", Trajectory);
    }

    /// <summary>Writes a sweep's folder.</summary>
    public static string WriteSweep(TemporaryDirectory directory, string manifest, string cells)
    {
        directory.Write("sweep.json", manifest);
        directory.Write("cells.csv", cells);
        return directory.Path;
    }
}
