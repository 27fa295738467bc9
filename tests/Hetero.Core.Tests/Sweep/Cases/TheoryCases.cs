using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Statistics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Concentration;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Sequences;
using static Hetero.Core.Tests.Sweep.BufferSpec;
using static Hetero.Core.Tests.Sweep.SpanCase;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>Statistics, laws, nets and sequences of the theory.</summary>
internal static class TheoryCases
{
    private const int D = 4;

    public static IEnumerable<SpanCase> OfDouble(int n)
    {
        int length = Math.Max(n, 4);
        Func<double[]> positive = () => [.. Data.Uniform<double>(length, 3).Select(x => 1.5 + x)];
        Func<double[]> other = () => [.. Data.Uniform<double>(length, 4).Select(x => 1.5 + x)];
        yield return new(
            "ConfidenceInterval.OfMean(replicas, level)",
            [In<double>(length)],
            s => Numbers(ConfidenceInterval.OfMean(s.Vector<double>(0), 0.9)))
        {
            ResultDegree = 1,
            TakesAnyLength = true,
        };
        yield return new("PowerLawFit.Fit(x, y, level)", [In<double>(length, 1, positive), In<double>(length, 1, other)], s =>
        {
            PowerLawFit fit = PowerLawFit.Fit(s.Vector<double>(0), s.Vector<double>(1), 0.9);
            return [.. Numbers(fit.Slope), fit.SlopeError];
        })
        {
            // Logarithms of numbers up to 1e300 leave three digits less.
            Tolerance = 1e6,
        };
        yield return new(
            "TailExponentEstimate.Hill(samples, largest, level)",
            [In<double>(length, 1, positive)],
            s => Numbers(TailExponentEstimate.Hill(s.Vector<double>(0), 2, 0.9)))
        {
            TakesAnyLength = true,
        };
        yield return new(
            "EntryLaw.Discrete(values, probabilities)",
            [In<double>(2, 1, () => [1, -3]), In<double>(2, 0, () => [0.25, 0.75])],
            s =>
        {
            EntryLaw law = EntryLaw.Discrete(s.Vector<double>(0), s.Vector<double>(1));
            return [law.Mean, law.Minimum, law.Maximum, law.Bound];
        })
        {
            ResultDegree = 1,
        };
        SphereNet net = SphereNet.Create(3, 0.7);
        yield return new("SphereNet.Distance(point)", [In<double>(3, 0)], s => [net.Distance(s.Vector<double>(0))]);
        yield return new(
            "SphereNet.new(points, radius)",
            [InMatrix<double>(2, 3, 0, () => [1, 0, 0, 0, 1, 0])],
            s => [new SphereNet(s.Matrix<double>(0), 0.5).CoveringRadiusBound()])
        {
            // Fewer points are a coarser net.
            TakesAnyLength = true,
        };
        AuxiliarySequences sequences = new(0.1, 0.01, length);
        CalibrationLine line = new(sequences, 2, 0.01, 1, 1);
        yield return Void("ControllerProcess.CopyRow(line, row, sigmas, destination)", [In<double>(length, 0), Out<double>(length + 1, 0)], s =>
            ControllerProcess.CopyRow(line, 1, s.Vector<double>(0), s.Vector<double>(1)));
        SensingProblem problem = SensingProblem.Create(D, 1, 1, 3);
        yield return new("ReducedPopulation.FromFactor(problem, factor)", [InMatrix<double>(D, 2)], s =>
        {
            ReducedPopulation reduced = ReducedPopulation.FromFactor(problem, s.Matrix<double>(0));
            return [reduced.SignalShare, reduced.SpuriousShare];
        })
        {
            ResultDegree = 2,
            FormsProducts = true,
            TakesAnyLength = true,
        };
        yield return new("ReducedPopulation.Step(sigma, rate)", [In<double>(1, 0)], s =>
        {
            ReducedPopulation reduced = ReducedPopulation.FromIdentity(problem, 0.1);
            reduced.Step(s.Vector<double>(0), 0.1);
            return [reduced.SignalShare, reduced.SpuriousShare, reduced.Error];
        });
        int p = Svec.Length(D);
        yield return new(
            "AnalyzedStep.new(problem, factor, stepSize, sigma, gradient)",
            [InMatrix<double>(D, 2, 1), In<double>(1, 0), In<double>(p, 0)],
            s => [new AnalyzedStep(problem, s.Matrix<double>(0), 0.1, s.Vector<double>(1), s.Vector<double>(2)).FactorNorm])
        {
            ResultDegree = 1,
            FormsProducts = true,
            TakesAnyLength = true,
        };
    }

    private static double[] Numbers(ConfidenceInterval interval) => [interval.Estimate, interval.Lower, interval.Upper];
}
