using System.Numerics;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Numerics;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>Where data sets are made and fitted: a folder that has one of them at a time, and threads.</summary>
internal sealed class FitBench : IDisposable
{
    private readonly DataFolder _folder;
    private readonly int _threads;

    public FitBench(string folder, int threads)
    {
        (_folder, _threads) = (new DataFolder(folder, "hetero-fits"), threads);
        Team = threads > 1 ? new WorkerTeam(threads) : null;
    }

    /// <summary>Gets the threads of a fit; null for the calling one.</summary>
    public WorkerTeam? Team { get; }

    /// <summary>Makes a data set, in the place of the last one.</summary>
    /// <typeparam name="T">float or double, the precision that it is fitted in.</typeparam>
    public DataSet<T> Make<T>(FitScenario scenario, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Make<T>(scenario.DataOf(seed));

    /// <summary>Makes a data set by a recipe, in the place of the last one.</summary>
    /// <typeparam name="T">float or double, the precision that it is fitted in.</typeparam>
    public DataSet<T> Make<T>(RunRecipe recipe)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _folder.Write<double>(recipe, _threads);
        return DataSet<T>.Open(_folder.Manifest);
    }

    /// <summary>Fits it.</summary>
    public FitResult<T> Fit<T>(DataSet<T> data, FitRecipe recipe)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Fitting.Fit(data, recipe, team: Team);

    public void Dispose()
    {
        Team?.Dispose();
        _folder.Dispose();
    }
}
