using Hetero.Charts;
using Hetero.Core.Benchmarks.Peers;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>A picture of rates against sizes.</summary>
internal interface IPlot
{
    /// <summary>Gets the name, also of the file.</summary>
    string Name { get; }

    /// <summary>Gets what is counted, as the table of numbers names it.</summary>
    string Unit { get; }

    /// <summary>Gets how much work one unit is.</summary>
    double UnitWork { get; }

    /// <summary>Makes what is measured, from the smallest size to the largest.</summary>
    IReadOnlyList<PlotCase> Create(PeerContext context);

    /// <summary>Draws it.</summary>
    /// <param name="curves">What was measured.</param>
    /// <param name="where">The machine and the versions, for small print.</param>
    Chart Draw(IReadOnlyList<PlotCurve> curves, string where);
}
