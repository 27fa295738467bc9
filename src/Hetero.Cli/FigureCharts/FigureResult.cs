using Hetero.Charts;
using Hetero.Experiments.Figures;

namespace Hetero.Cli.FigureCharts;

/// <summary>What a figure consists of.</summary>
/// <param name="Numbers">Numbers, verdicts and runs.</param>
/// <param name="Chart">The picture.</param>
internal sealed record FigureResult(FigureNumbers Numbers, Chart Chart);
