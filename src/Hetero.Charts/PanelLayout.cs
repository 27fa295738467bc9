namespace Hetero.Charts;

/// <summary>A panel with its place in the picture.</summary>
internal sealed record PanelLayout(PanelMeasure Measure, Box Plot)
{
    public Panel Panel => Measure.Panel;

    public AxisMap X { get; } = new(Measure.X.Axis, Plot.Left, Plot.Right);

    public AxisMap Y { get; } = new(Measure.Y, Plot.Bottom, Plot.Top);
}
