using Hetero.Core.Benchmarks.Peers;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>Contenders of the same size, measured in turn, and the curves that they are points of.</summary>
/// <param name="size">The place on the axis of sizes.</param>
internal sealed class PlotCase(double size)
{
    private readonly List<(string Panel, string Series, IContender Contender)> _points = [];

    public double Size => size;

    /// <summary>Gets the contenders, their checks and what was skipped.</summary>
    public PeerCase Contenders { get; } = new();

    public IReadOnlyList<(string Panel, string Series, IContender Contender)> Points => _points;

    /// <summary>Makes a contender a point of a curve; null is a peer that is not there.</summary>
    public void Add(string panel, string series, IContender? contender)
    {
        if (contender is not null)
        {
            _points.Add((panel, series, contender));
        }
    }
}
