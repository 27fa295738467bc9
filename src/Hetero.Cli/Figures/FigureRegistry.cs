namespace Hetero.Cli.Figures;

/// <summary>The figures, in the order in which "all" makes them.</summary>
internal static class FigureRegistry
{
    public static IReadOnlyList<IFigure> All { get; } =
    [
        new Figure1(),
        new Figure2(),
        new Figure3(),
        new Figure4(),
        new Figure5(),
        new Figure6(),
        new OffDiagonal(),
        new EnvironmentOrders(),
        new PoolingShare(),
        new SampleComplexity(),
    ];

    /// <summary>The figures that a name on the command line stands for.</summary>
    public static IReadOnlyList<IFigure> Find(string name)
    {
        if (name == "all")
        {
            return All;
        }

        IFigure? figure = All.FirstOrDefault(f => f.Name == name);
        return figure is not null
            ? [figure]
            : throw new UsageException($"'{name}' is not a figure; accepted are {Names}.");
    }

    /// <summary>What a user may ask for.</summary>
    public static string Names => string.Join(", ", All.Select(f => f.Name).Append("all"));
}
