using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Theory.Tests.Dynamics;

/// <summary>Theorem 8's S_t, Z_t, H_t, V_t^(ada), E_t^(ada), σ_min(Z_t) and θ_t.</summary>
[Collection(Allocations.Collection)]
public class AdaptiveSubspaceTests
{
    private static readonly TrainingOptions Options = new() { Seed = 7, Samples = 48, InitialScale = 0.3, NoiseDeviation = 0.05, StepSize = StepSizeSchedule.Piecewise((0, 0.05), (3, 0.02)) };

    public static TheoryData<string> Kinds() => [.. Runs.Kinds, .. Runs.MiniBatches];

    // S_t as a projection P_t on a basis by Gram–Schmidt of products that are never normalized on the way, the parts as products with P_t, the singular values by the
    // 2×2 matrices that r1 = 2 leaves.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void PartsAreThoseOfTheDefinition(string kind)
    {
        foreach (int columns in new[] { 7, 4, 2 })
        {
            SensingProblem problem = Runs.Problem();
            TrainingOptions options = Options with { FactorColumns = columns };
            Trainer<double> trainer = Runs.Create<double>("HeteroSGD", kind, options, problem);
            AdaptiveSubspace<double> subspace = new(trainer);
            Kept kept = new();
            double[,] star = Entries(problem.InvariantBasis), spurious = Entries(problem.SpuriousBasis), span = star;
            for (int step = 0; step < 8; step++)
            {
                if (step > 0)
                {
                    trainer.Run(1, new CompositeObserver<double>(subspace, kept));
                    span = Minus(span, Scaled(step <= 3 ? 0.05 : 0.02, Times(kept.Gradient, span)));
                }

                double[,] basis = GramSchmidt(span), projection = Times(basis, Turned(basis)), factor = Entries(trainer.Factor);
                double[,] signal = Times(projection, factor), complement = Minus(factor, signal), across = Times(Times(spurious, Turned(spurious)), complement);
                AssertSame(projection, Times(Entries(subspace.Basis), Turned(Entries(subspace.Basis))));
                AssertSame(signal, Entries(subspace.Signal));
                AssertSame(complement, Entries(subspace.Complement));
                AssertSame(across, Entries(subspace.Spurious));
                AssertSame(Minus(complement, across), Entries(subspace.Residual));
                double[,] outside = Minus(basis, Times(Times(star, Turned(star)), basis)), along = Times(Turned(basis), factor);
                Assert.Equal(Math.Sqrt(Pair(Times(Turned(outside), outside)).Largest), subspace.SinTheta, 1e-7);
                Assert.Equal(Math.Sqrt(Pair(Times(along, Turned(along))).Least), subspace.SmallestSingularValue, 1e-12);
                Assert.Equal(step, subspace.Step);
                Assert.True(step == 0 || kind == "population" || subspace.SinTheta > 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ObservingAllocatesNothingAndChangesNoBit(string kind)
    {
        Check<double>(kind);
        Check<float>(kind);

        static void Check<T>(string kind)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> trainer = Runs.Create<T>("HeteroSGD", kind, Options), other = Runs.Create<T>("HeteroSGD", kind, Options);
            AdaptiveSubspace<T> subspace = new(trainer);
            CompositeObserver<T> observer = new(subspace, new TrajectoryRecorder<T>(trainer, 1000, columns: subspace));
            Assert.Equal(0, Allocations.Of(() => trainer.Run(3, observer)));
            other.Run(trainer.Step);
            Assert.True(Data.SameBits(trainer.Factor.Data, other.Factor.Data));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SameBitsOnAnyTeamSavedAndContinued(string kind)
    {
        Check<double>(kind);
        Check<float>(kind);

        static void Check<T>(string kind)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> whole = Runs.Create<T>("HeteroSGD", kind, Options), first = Runs.Create<T>("HeteroSGD", kind, Options), second = Runs.Create<T>("HeteroSGD", kind, Options);
            AdaptiveSubspace<T> expected = new(whole), before = new(first);
            whole.Run(9, expected);
            first.Run(4, before);
            using MemoryStream stream = new();
            first.Save(stream);
            stream.Position = 0;
            second.Restore(stream);
            AdaptiveSubspace<T> after = new(second, before.Basis);
            AssertSameBits(before, after);
            second.Run(5, after);
            AssertSameBits(expected, after);
            foreach (int degree in new[] { 2, 3, 8 })
            {
                using WorkerTeam team = new(degree);
                Trainer<T> other = Runs.Create<T>("HeteroSGD", kind, Options, team: team);
                AdaptiveSubspace<T> own = new(other);
                other.Run(9, own);
                AssertSameBits(expected, own);
            }
        }
    }

    // A matrix that leaves U* and its complement each to itself turns nothing.
    [Fact]
    public void AtInfinityWithOrthogonalSubspacesNothingTurns()
    {
        SensingProblem problem = SensingProblem.Create(9, 3, 2, 3, SubspaceLayout.Orthogonal, eigenvalues: [1, 0.4, 0.1]);
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(2, 1, 8), new PopulationMeasurements<double>(9), new TrainingOptions { Seed = 1, InitialScale = 0.01 });
        AdaptiveSubspace<double> subspace = new(trainer);
        trainer.Run(1500, subspace);
        Assert.InRange(subspace.SinTheta, 0, 1e-13);
        Assert.Equal(Math.Sqrt(0.1), subspace.SmallestSingularValue, 1e-3);
    }

    [Fact]
    public void AFactorOfFewColumnsHasNoSmallestSingularValueAndTheAngleStaysAtOneAtMost()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options with { FactorColumns = 1, Samples = 3 });
        AdaptiveSubspace<double> subspace = new(trainer);
        trainer.Run(40, subspace);
        Assert.Equal(0, subspace.SmallestSingularValue);
        Assert.InRange(subspace.SinTheta, 0.1, 1);
    }

    // 1 + ηλ = 0: the direction of λ is gone after one step.
    [Fact]
    public void ASubspaceThatLosesADimensionIsNoLongerDefined()
    {
        SensingProblem problem = SensingProblem.Create(6, 2, 1, 3, SubspaceLayout.Orthogonal, eigenvalues: [1, -20]);
        HeteroSgd<double> trainer = new(problem, DiagonalEnvironments.TwoPoint(1, 1, 3), new PopulationMeasurements<double>(6), new TrainingOptions { Seed = 1, InitialScale = 1e-12 });
        AdaptiveSubspace<double> subspace = new(trainer);
        Assert.Throws<RankDeficientException>(() => trainer.Run(1, subspace));
        Assert.Equal(0, subspace.Step);
    }

    [Fact]
    public void WhatItCannotFollowIsRefused()
    {
        static string Refusal<TException>(Action action)
            where TException : Exception
            => Assert.ThrowsAny<TException>(action).Message;

        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options), other = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        AdaptiveSubspace<double> subspace = new(trainer);
        double[] basis = subspace.Basis.Data.ToArray();
        Assert.Contains("another trainer", Refusal<ArgumentException>(() => other.Run(1, subspace)), StringComparison.Ordinal);
        trainer.Run(2);
        Assert.Contains("step 3 is shown", Refusal<InvalidOperationException>(() => trainer.Run(1, subspace)), StringComparison.Ordinal);
        Assert.Contains("'basis' has 0 rows and the trainer has made 3 steps", Refusal<ArgumentException>(() => new AdaptiveSubspace<double>(trainer)), StringComparison.Ordinal);
        ReadOnlyMatrixSpan<double> View(double[] data) => new(data, 7, 2);
        Assert.Contains("'basis'", Refusal<ArgumentException>(() => new AdaptiveSubspace<double>(Runs.Create<double>("HeteroSGD", "exact-law", Options), View(basis))), StringComparison.Ordinal);
        Assert.Contains("orthonormal", Refusal<ArgumentException>(() => new AdaptiveSubspace<double>(trainer, View([.. basis.Select(x => 1.01 * x)]))), StringComparison.Ordinal);
        Assert.Contains("basis", Refusal<ArgumentException>(() => new AdaptiveSubspace<double>(trainer, new(basis, 2, 7))), StringComparison.Ordinal);
        Assert.Contains("basis", Refusal<ArgumentException>(() => new AdaptiveSubspace<double>(trainer, View([double.NaN, .. basis[1..]]))), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new AdaptiveSubspace<double>(Runs.Create<double>("PooledSGD", "exact-law", Options)));
        Assert.Throws<ArgumentException>(() => new AdaptiveSubspace<double>(Runs.Create<double>("HeteroSGD", "exact-law", Options, model: "indefinite")));
        AdaptiveSubspace<double> late = new(other);
        TrajectoryRecorder<double> recorder = new(other, 3, columns: late);
        Assert.Contains("before its columns", Refusal<InvalidOperationException>(() => other.Run(1, new CompositeObserver<double>(recorder, late))), StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsAreThoseOfTheStep()
    {
        Trainer<double> trainer = Runs.Create<double>("HeteroSGD", "exact-law", Options);
        AdaptiveSubspace<double> subspace = new(trainer);
        TrajectoryRecorder<double> recorder = new(trainer, 4, columns: subspace);
        trainer.Run(4, new CompositeObserver<double>(subspace, recorder));
        Assert.Equal(["smallest_singular_value", "sin_theta", "adaptive_spurious", "adaptive_residual"], recorder.Trajectory.Columns);
        Assert.Equal(
            [subspace.SmallestSingularValue, subspace.SinTheta, Norms.Frobenius(subspace.Spurious), Norms.Frobenius(subspace.Residual)],
            recorder.Trajectory.GetColumns(4).ToArray());
        Assert.Equal(0, recorder.Trajectory.GetColumns(0)[1], 1e-15);
    }

    private static void AssertSameBits<T>(AdaptiveSubspace<T> expected, AdaptiveSubspace<T> actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(expected.Basis.Data.ToArray(), actual.Basis.Data.ToArray());
        Assert.Equal(expected.Residual.Data.ToArray(), actual.Residual.Data.ToArray());
        Assert.Equal(expected.Spurious.Data.ToArray(), actual.Spurious.Data.ToArray());
        Assert.Equal((expected.SinTheta, expected.SmallestSingularValue, expected.Step), (actual.SinTheta, actual.SmallestSingularValue, actual.Step));
    }

    private static void AssertSame(double[,] expected, double[,] actual)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        Assert.All(expected.Cast<double>().Zip(actual.Cast<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private static double[,] Entries(ReadOnlyMatrixSpan<double> matrix)
    {
        double[,] entries = new double[matrix.Rows, matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                entries[i, j] = matrix[i, j];
            }
        }

        return entries;
    }

    private static double[,] Of(int rows, int columns, Func<int, int, double> entry)
    {
        double[,] entries = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                entries[i, j] = entry(i, j);
            }
        }

        return entries;
    }

    private static double[,] Times(double[,] a, double[,] b)
        => Of(a.GetLength(0), b.GetLength(1), (i, j) => Enumerable.Range(0, a.GetLength(1)).Sum(k => a[i, k] * b[k, j]));

    private static double[,] Minus(double[,] a, double[,] b) => Of(a.GetLength(0), a.GetLength(1), (i, j) => a[i, j] - b[i, j]);

    private static double[,] Scaled(double factor, double[,] a) => Of(a.GetLength(0), a.GetLength(1), (i, j) => factor * a[i, j]);

    private static double[,] Turned(double[,] a) => Of(a.GetLength(1), a.GetLength(0), (i, j) => a[j, i]);

    private static double[,] GramSchmidt(double[,] a)
    {
        double[,] q = (double[,])a.Clone();
        for (int j = 0; j < q.GetLength(1); j++)
        {
            for (int pass = 0; pass < 2; pass++)
            {
                for (int before = 0; before < j; before++)
                {
                    double product = Enumerable.Range(0, q.GetLength(0)).Sum(i => q[i, before] * q[i, j]);
                    for (int i = 0; i < q.GetLength(0); i++)
                    {
                        q[i, j] -= product * q[i, before];
                    }
                }
            }

            double norm = Math.Sqrt(Enumerable.Range(0, q.GetLength(0)).Sum(i => q[i, j] * q[i, j]));
            for (int i = 0; i < q.GetLength(0); i++)
            {
                q[i, j] /= norm;
            }
        }

        return q;
    }

    /// <summary>The eigenvalues of a symmetric 2×2 matrix.</summary>
    private static (double Least, double Largest) Pair(double[,] a)
    {
        double mean = (a[0, 0] + a[1, 1]) / 2, root = Math.Sqrt(Math.Pow((a[0, 0] - a[1, 1]) / 2, 2) + (a[0, 1] * a[1, 0])), largest = mean + root;
        return (((a[0, 0] * a[1, 1]) - (a[0, 1] * a[1, 0])) / largest, largest);
    }

    /// <summary>Keeps M_t as a matrix.</summary>
    private sealed class Kept : ITrainingObserver<double>
    {
        public double[,] Gradient { get; private set; } = new double[0, 0];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            if (snapshot.InvariantGradient.Length > 0)
            {
                double[] square = new double[49];
                Svec.Unpack(snapshot.InvariantGradient, new MatrixSpan<double>(square, 7, 7));
                Gradient = Of(7, 7, (i, j) => square[(i * 7) + j]);
            }
        }
    }
}
