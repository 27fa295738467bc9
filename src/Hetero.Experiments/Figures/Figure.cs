namespace Hetero.Experiments.Figures;

/// <summary>The computing half of a figure: what is run, the numbers, and what must be seen. A picture is drawn from what it returns.</summary>
/// <typeparam name="TData">What the picture needs beside the sweeps.</typeparam>
internal abstract class Figure<TData>
{
    /// <summary>The name on the command line and of the files.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows, in a line.</summary>
    public abstract string Description { get; }

    /// <summary>Returns how many seeds the figure takes, from the first one on, for a number of seeds of each of its points.</summary>
    public virtual long SeedCount(int seeds) => seeds;

    /// <summary>Gets the number of seeds, as they are asked for, from which on verdicts are stated: of fewer than ten seeds a point, a median says little.</summary>
    public virtual int LeastSeeds => 10;

    /// <summary>Gets whether the numbers come with the runs, one by one.</summary>
    public virtual bool KeepsRuns => true;

    /// <summary>Computes numbers and verdicts.</summary>
    public abstract (FigureNumbers Numbers, TData Data) Compute(FigureRequest request);
}
