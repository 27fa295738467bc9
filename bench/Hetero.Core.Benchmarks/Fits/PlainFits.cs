using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>Least squares of each environment's rows that a fit trains on: with fewer of them than unknowns, where a fit itself has none, that of the least norm.</summary>
internal sealed class PlainFits
{
    private readonly int _dimension;
    private readonly double[] _truth;
    private readonly double[][] _fits;

    private PlainFits(int dimension, double[] truth, double[][] fits) => (_dimension, _truth, _fits) = (dimension, truth, fits);

    /// <summary>Gets ‖M − A*‖/‖A*‖ of each environment's.</summary>
    public IEnumerable<double> Errors => _fits.Select(ErrorOf);

    /// <summary>Fits the rows.</summary>
    public static PlainFits Of(DataSet<double> data, FitRecipe recipe, WorkerTeam? team)
    {
        int d = data.Manifest.Dimension;
        FitRun<double> run = new(new FitSetting<double>(data) { Team = team }, HeldOutSplit<double>.Of(data, recipe.HeldOutShare, recipe.Training.Seed));
        MeasuredData<double> rows = run.Rows(recipe.Training.Seed);
        double[] truth = new double[Svec.Length(d)];
        Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(data.Truth.Span, d, d), truth);
        return new(d, truth, [.. data.Environments.Select((_, e) => EnvironmentFit.LeastSquares(rows, e, CancellationToken.None)!)]);
    }

    /// <summary>Returns ‖M − A*‖/‖A*‖ of the difference of two of them, with one spurious direction.</summary>
    public double DifferenceError(int first, int second, int invariantRank)
    {
        int d = _dimension;
        double[] one = Square(_fits[first]), other = Square(_fits[second]), svec = new double[_truth.Length];
        DifferenceOfFits.Write<double>(new(one, d, d), new(other, d, d), invariantRank, 1, new MatrixSpan<double>(one, d, d));
        Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(one, d, d), svec);
        return ErrorOf(svec);
    }

    private double[] Square(double[] svec)
    {
        double[] square = new double[_dimension * _dimension];
        Svec.Unpack<double>(svec, new MatrixSpan<double>(square, _dimension, _dimension));
        return square;
    }

    private double ErrorOf(double[] svec)
    {
        double[] difference = new double[svec.Length];
        TensorPrimitives.Subtract<double>(svec, _truth, difference);
        return Reductions.Norm<double>(difference) / Reductions.Norm<double>(_truth);
    }
}
