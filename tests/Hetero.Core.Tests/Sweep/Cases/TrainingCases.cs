using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Training;
using static Hetero.Core.Tests.Sweep.BufferSpec;
using static Hetero.Core.Tests.Sweep.SpanCase;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>Problems, decompositions of iterates, and steps.</summary>
internal static class TrainingCases
{
    private const int D = 5;
    private const int R2 = 2;

    public static IEnumerable<SpanCase> Of<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = Math.Clamp(n, 1, D), p = Svec.Length(D);
        double[] sigma = Matrices.Mirrored(Data.Uniform<double>(R2 * R2, 3), R2);
        SensingProblem problem = SensingProblem.Create(D, 1, R2, 7);
        SignalModel<T> signals = new(problem);
        yield return Void("SignalModel.AddSpurious(sigma, scale, destination)", [In<double>(R2 * R2, 1, () => sigma), Update<T>(p)], s =>
            signals.AddSpurious(s.Vector<double>(0), T.CreateChecked(0.5), s.Vector<T>(1)));

        Decomposition<T> decomposition = new(problem, k);
        yield return new("Decomposition.Compute(factor, signals)", [InMatrix<T>(D, k)], s =>
        {
            decomposition.Compute(s.Matrix<T>(0), signals);
            return Doubles(decomposition.Invariant, decomposition.Spurious, decomposition.Residual);
        })
        {
            ResultDegree = 1,
        };

        // Σ alone grows: the step is not homogeneous in the factor.
        OneStepDynamics<T> dynamics = new(problem, k);
        double[] gradient = Data.Uniform<double>(p, 8);
        yield return new(
            "QuadraticNetwork.Predict(factor, inputs, predictions)",
            [InMatrix<T>(D, k), InMatrix<T>(n, D), Out<T>(n, 4)],
            s =>
            {
                QuadraticNetwork.Predict<T>(s.Matrix<T>(0), s.Matrix<T>(1), s.Vector<T>(2));
                return [];
            })
        {
            // A factor of other columns is another network.
            FormsProducts = true,
            TakesAnyLength = true,
        };
        NeuronWeights<T> weights = new(QuadraticNeurons.Draw(D, 1, R2, 4));
        yield return Void(
            "NeuronWeights.Compute(svec, weights)",
            [In<T>(p), Out<double>(1 + R2)],
            s => weights.Compute(s.Vector<T>(0), s.Vector<double>(1))) with
        { FormsProducts = true };
        yield return new(
            "OneStepDynamics.Compute(factor, rate, sigma, gradient, populationGradient)",
            [InMatrix<T>(D, k, 0), In<double>(R2 * R2, 0, () => sigma), In<T>(p), In<T>(p, 1, () => gradient)],
            s =>
            {
                dynamics.Compute(s.Matrix<T>(0), T.CreateChecked(0.1), s.Vector<double>(1), s.Vector<T>(2), s.Vector<T>(3));
                return Doubles(dynamics.RipError, dynamics.Invariant.RipError, dynamics.Residual.RipError);
            })
        {
            ResultDegree = 1,
        };
        yield return Void("StepSplit.CopySum(destination)", [OutMatrix<T>(D, k, 0)], s =>
        {
            dynamics.Compute(new MatrixSpan<T>(new T[D * k], D, k), T.One, sigma, new T[p], new T[p]);
            dynamics.Residual.CopySum(s.Matrix<T>(0));
        });
    }

    public static IEnumerable<SpanCase> OfDouble(int n)
    {
        int length = Math.Max(n, 1);
        yield return new("Trajectory.Add(row, label, columns)", [In<double>(length), In<double>(2, 1)], s =>
        {
            Trajectory trajectory = new(1, length, ["a", "b"]);
            trajectory.Add(default, s.Vector<double>(0), s.Vector<double>(1));
            return [.. trajectory.GetEnvironmentLabel(0), .. trajectory.GetColumns(0)];
        })
        {
            // No label is a label.
            ResultDegree = 1,
            TakesAnyLength = true,
        };
        yield return new(
            "QuadraticNeurons.new(invariant, variant)",
            [InMatrix<double>(D, 1, 0), InMatrix<double>(D, R2, 0)],
            s => [new QuadraticNeurons(s.Matrix<double>(0), s.Matrix<double>(1)).Problem.SignalTrace])
        {
            // Other columns are other neurons; their sizes are those of a signal, which has to be representable.
            TakesAnyLength = true,
        };
        double[] u = Matrices.Orthonormal(D, 1, 1), both = Matrices.Orthonormal(D, 3, 1);
        double[] v = [.. Enumerable.Range(0, D).SelectMany(i => new[] { both[(3 * i) + 1], both[(3 * i) + 2] })];
        yield return new(
            "SensingProblem.new(invariantBasis, spuriousBasis, eigenvalues)",
            [InMatrix<double>(D, 1, 0, () => u), InMatrix<double>(D, R2, 0, () => v), In<double>(1, 1, () => [2])],
            s => [new SensingProblem(s.Matrix<double>(0), s.Matrix<double>(1), s.Vector<double>(2)).SignalTrace])
        {
            // No eigenvalues are ones, and fewer columns are fewer directions.
            ResultDegree = 1,
            TakesAnyLength = true,
        };
        yield return new(
            "SensingProblem.Create(dimension, invariantRank, spuriousRank, seed, layout, overlap, eigenvalues)",
            [In<double>(2, 1, () => [2, 3])],
            s =>
            [SensingProblem.Create(D, 2, 1, 1, eigenvalues: s.Vector<double>(0)).SignalTrace])
        {
            ResultDegree = 1,
            TakesAnyLength = true,
        };
    }

    private static double[] Doubles<T>(ReadOnlyMatrixSpan<T> first, ReadOnlyMatrixSpan<T> second, ReadOnlyMatrixSpan<T> third)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Array.ConvertAll((T[])[.. first.Data, .. second.Data, .. third.Data], double.CreateChecked);
}
