using System.Numerics.Tensors;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Sites;

/// <summary>Four ways to A*, each as a d×d matrix, row after row.</summary>
internal static class SiteFits
{
    private const int D = SiteStudy.Dimension;

    private static readonly TrainingOptions Options = new()
    {
        Seed = 1,
        Samples = TrainingOptions.AllRows,
        FactorColumns = 6,
        InitialScale = 1e-3,
        StepSize = StepSizeSchedule.Constant(0.1),
        EnvironmentOrder = EnvironmentOrder.Shuffled,
    };

    /// <summary>HeteroSGD, one site a step: nothing is kept of a site, and neither rank is told.</summary>
    public static double[] Hetero(SiteStudy study, int steps)
    {
        HeteroSgd<double> trainer = new(Data(study), Options);
        trainer.Run(steps);
        return Estimate(trainer);
    }

    /// <summary>Gradient descent on all rows at once, which fits A* + mean(s)·vvᵀ.</summary>
    public static double[] Pooled(SiteStudy study, int steps)
    {
        PooledGd<double> trainer = new(Data(study), Options with { EnvironmentOrder = EnvironmentOrder.Independent });
        trainer.Run(steps);
        return Estimate(trainer);
    }

    /// <summary>The difference of the least-squares fits of the first site and the last; of the shortest of many where rows are fewer than unknowns. Both ranks are told.</summary>
    public static double[] TwoFits(SiteStudy study)
    {
        double[] first = LeastSquares(study.Samples[0]), last = LeastSquares(study.Samples[^1]), invariant = new double[D * D];
        DifferenceOfFits.Write<double>(new(first, D, D), new(last, D, D), SiteStudy.InvariantRank, SiteStudy.SpuriousRank, new(invariant, D, D));
        return invariant;
    }

    /// <summary>
    /// The principal component over sites of each site's moment (1/n) Σ y_iX_i, taken out of their mean as the difference of two fits is. It keeps d(d+1)/2 numbers of every site, and is told
    /// both ranks.
    /// </summary>
    public static double[] Component(SiteStudy study)
    {
        int sites = study.Samples.Length, length = Svec.Length(D);
        double[] moments = new double[sites * length], mean = new double[length];
        for (int e = 0; e < sites; e++)
        {
            Span<double> moment = moments.AsSpan(e * length, length);
            ReadOnlySpan<double> rows = study.Samples[e].Measurements.Span, responses = study.Samples[e].Responses.Span;
            for (int i = 0; i < responses.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(rows.Slice(i * length, length), responses[i] / responses.Length, moment, moment);
            }

            TensorPrimitives.MultiplyAdd<double>(moment, 1.0 / sites, mean, mean);
        }

        for (int e = 0; e < sites; e++)
        {
            Span<double> moment = moments.AsSpan(e * length, length);
            TensorPrimitives.Subtract(moment, mean, moment);
        }

        double[] covariance = new double[length * length], values = new double[length], vectors = new double[length * length];
        Products.Gram<double>(new ReadOnlyMatrixSpan<double>(moments, sites, length).Transposed, new(covariance, length, length));
        SymmetricEigen.Decompose<double>(new(covariance, length, length), values, new(vectors, length, length));
        double[] along = [.. Enumerable.Range(0, length).Select(i => vectors[(i * length) + length - 1])];
        double[] whole = new double[D * D], other = new double[D * D], invariant = new double[D * D];
        Svec.Unpack<double>(mean, new(whole, D, D));
        TensorPrimitives.Add<double>(mean, along, along);
        Svec.Unpack<double>(along, new(other, D, D));
        DifferenceOfFits.Write<double>(new(whole, D, D), new(other, D, D), SiteStudy.InvariantRank, SiteStudy.SpuriousRank, new(invariant, D, D));
        return invariant;
    }

    private static MeasuredData<double> Data(SiteStudy study) => new(D, study.Samples, MeasurementLayout.Svec);

    private static double[] Estimate(Trainer<double> trainer)
    {
        double[] estimate = new double[D * D];
        trainer.CopyEstimate(new(estimate, D, D));
        return estimate;
    }

    /// <summary>X⁺y, by the smaller one of XᵀX and XXᵀ.</summary>
    private static double[] LeastSquares(EnvironmentSamples<double> samples)
    {
        int rows = samples.Responses.Length, length = Svec.Length(D), size = Math.Min(rows, length);
        ReadOnlyMatrixSpan<double> x = new(samples.Measurements.Span, rows, length), y = new(samples.Responses.Span, rows, 1);
        double[] gram = new double[size * size], side = new double[size], svec = new double[length], square = new double[D * D];
        MatrixSpan<double> solution = new(svec, length, 1), inner = new(side, size, 1);
        Products.Gram<double>(rows < length ? x : x.Transposed, new(gram, size, size));
        if (rows < length)
        {
            samples.Responses.Span.CopyTo(side);
        }
        else
        {
            Products.Multiply<double>(x.Transposed, y, inner);
        }

        Cholesky.Decompose<double>(new(gram, size, size), new(gram, size, size));
        Cholesky.Solve<double>(new(gram, size, size), inner);
        if (rows < length)
        {
            Products.Multiply<double>(x.Transposed, inner, solution);
        }
        else
        {
            side.CopyTo(svec, 0);
        }

        Svec.Unpack<double>(svec, new(square, D, D));
        return square;
    }
}
