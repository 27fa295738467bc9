using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>
/// One HeteroSGD step by the exact law, double, on one thread: against the same step in NumPy, and against what a NumPy user does without the
/// law.
/// </summary>
internal static class ExactLawCases
{
    private const int Samples = DefaultProblem.Samples;

    public static IEnumerable<PeerCase> Create(PeerContext context)
    {
        if (context.Threads == 1)
        {
            yield return Create(context, 100, SimdPath.Is512 ? 3.3 : null);
            yield return Create(context, 1000, SimdPath.Is512 ? 1.25 : null);
        }
    }

    private static PeerCase Create(PeerContext context, int dimension, double? target)
    {
        PeerCase result = new();
        string label = $"Exact-law step d={dimension} double";
        CheckOurs(result, label, dimension);
        HeteroSgd<double> trainer = Trainer(dimension);
        IContender ours = result.Add(() => DefaultProblem.CheckNotDiverged(trainer.Advance() != TrainingStatus.Completed));
        result.Compare(label, "the same in NumPy", ours, Add("exact_law"), null, target);
        if (dimension == 100)
        {
            result.Compare(label, $"explicit, m={Samples}, NumPy", ours, Add("explicit"), null, SimdPath.Is512 ? 10_000 : null);
        }

        return result;

        IContender? Add(string script) => result.Add(
            context,
            script,
            $"double {Samples} {dimension}",
            1,
            answer => GradientLaw.Check(result, $"{label}, {script}", dimension, Samples, answer));
    }

    private static HeteroSgd<double> Trainer(int dimension) => new(
        SensingProblem.Create(dimension, 1, 1, DefaultProblem.Seed),
        DefaultProblem.Environments,
        new ExactLawMeasurements<double>(dimension, DefaultProblem.Seed),
        new TrainingOptions
        {
            Seed = DefaultProblem.Seed,
            Samples = Samples,
            StepSize = StepSizeSchedule.Constant(DefaultProblem.StandingStepSize),
            InitialScale = DefaultProblem.InitialScale,
        });

    private static void CheckOurs(PeerCase result, string label, int dimension)
    {
        ExactLawMeasurements<double> source = new(dimension, DefaultProblem.Seed);
        double[] residual = TestData.Create<double>(0, source.SvecLength), gradient = new double[source.SvecLength];
        source.Accumulate(new SampleGroup<double> { Step = 0, Count = Samples, Scale = 1.0 / Samples }, residual, gradient);
        GradientLaw.Check(result, label, dimension, Samples, TestData.Law<double>(gradient, residual));
    }
}
