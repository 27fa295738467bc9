using System.Globalization;
using System.Text;
using Hetero.Charts;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>Measures rates over sizes, on one thread, and draws them below what the machine can do.</summary>
internal static class PlotsCommand
{
    public const string Name = "plots";

    private const string Header = "plot,panel,series,size,unit,best,median";

    private static readonly IPlot[] All = [ProductPlot.Multiply, ProductPlot.Gram, new StoredPlot(), new FillPlot(), new DecompositionPlot()];

    /// <summary>Runs the command.</summary>
    /// <returns>0; 1 if two sides did not do the same work; 2 for wrong usage.</returns>
    public static int Run(string[] arguments)
    {
        PlotOptions options;
        try
        {
            options = PlotOptions.Parse(arguments);
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine($"{problem.Message}{Environment.NewLine}{PlotOptions.Usage}");
            return 2;
        }

        if (!SimdPath.Is512 && !SimdPath.Is256)
        {
            Console.WriteLine("Skipped: the ceilings and the peers' kernels need AVX2 or AVX-512.");
            return 0;
        }

        RunFacts facts = new(options.Rounds, Pace.Sweep);
        List<string> notes = [];
        StringBuilder csv = new(Header + "\n");
        bool isSame = true;
        foreach (IPlot plot in All)
        {
            using PeerContext context = new(options.Python, threads: 1);
            Console.WriteLine(plot.Name);
            IReadOnlyList<PlotCase> cases = plot.Create(context);
            PlotCurve[] curves = Measure(plot, cases, options.Rounds);
            context.EndWorkers();
            facts.AddVersions(context.Reports.Values);
            Append(csv, plot, curves);
            notes.AddRange(cases.SelectMany(one => one.Contenders.Notes));
            string[] mismatches = [.. cases.SelectMany(one => one.Contenders.Mismatches).Select(mismatch => $"NOT THE SAME WORK: {mismatch}.")];
            notes.AddRange(mismatches);
            isSame &= mismatches.Length == 0;
            string[] versions = [HardwareInfo.Runtime, .. context.Reports.Values.SelectMany(RunFacts.Versions)];
            string where = $"{Machine.Processor}, path {SimdPath.Name}, {string.Join(", ", versions)}; the fastest run of {options.Rounds.ToString(CultureInfo.InvariantCulture)} alternating rounds.";
            string svg = SvgRenderer.Render(plot.Draw(curves, where));
            if (options.Save)
            {
                ResultFiles.WriteImage(ResultFiles.OfPath(plot.Name, ".svg"), svg);
            }
        }

        string[] below = [.. facts.Lines(), .. notes];
        Console.WriteLine(string.Join(Environment.NewLine, below));
        if (options.Save)
        {
            string table = ResultFiles.OfPath(Name, ".csv");
            ResultFiles.Write(table, csv.ToString());
            ResultFiles.Write(
                ResultFiles.OfPath(Name, ".md"),
                $"""
                # Rates over sizes

                [{table}]({table}) has the numbers behind the plots of docs/performance.md: work a second at each size, of the fastest run and as the median
                of the rounds' fastest. Sizes are n for products and decompositions, megabytes for the stored pass, numbers for the fill.

                {string.Join("\n", below.Select(line => $"- {line}"))}

                """);
        }

        return isSame ? 0 : 1;
    }

    private static PlotCurve[] Measure(IPlot plot, IReadOnlyList<PlotCase> cases, int rounds)
    {
        Rounds.Warm([.. cases.SelectMany(one => one.Contenders.Contenders)], Pace.Sweep);
        Dictionary<(string, string), PlotCurve> curves = [];
        foreach (PlotCase one in cases)
        {
            Dictionary<IContender, double[]> times = Rounds.Measure(one.Contenders, rounds, Pace.Sweep);
            foreach ((string panel, string series, IContender contender) in one.Points.Where(point => times.ContainsKey(point.Contender)))
            {
                if (!curves.TryGetValue((panel, series), out PlotCurve? curve))
                {
                    curve = new PlotCurve(panel, series);
                    curves.Add((panel, series), curve);
                }

                double work = contender.Work / plot.UnitWork;
                curve.Sizes.Add(one.Size);
                curve.Best.Add(work / times[contender].Min());
                curve.Median.Add(work / Rounds.Median(times[contender]));
            }
        }

        return [.. curves.Values];
    }

    private static void Append(StringBuilder csv, IPlot plot, PlotCurve[] curves)
    {
        foreach (PlotCurve curve in curves)
        {
            for (int i = 0; i < curve.Sizes.Count; i++)
            {
                csv.Append(
                    CultureInfo.InvariantCulture,
                    $"{plot.Name},{curve.Panel},\"{curve.Series}\",{curve.Sizes[i]:0.######},{plot.Unit},{curve.Best[i]:0.###},{curve.Median[i]:0.###}\n");
            }
        }
    }
}
