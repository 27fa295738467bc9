using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Models that a user writes, trained some steps against plain loops.</summary>
public class OwnModelTests
{
    private const int D = 5;
    private static readonly TrainingOptions Options = new()
    {
        Seed = 2, Samples = TrainingOptions.AllRows, StepSize = StepSizeSchedule.Constant(0.02),
    };

    /// <summary>The matrix itself, as its svec: the direction is the gradient.</summary>
    private sealed class FreeMatrix<T>() : Model<T>(D, [new MatrixShape(D * (D + 1) / 2, 1)])
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Start(Span<T> parameters, CancellationToken cancellation = default) => parameters.Clear();

        public override void CopyMatrix(ReadOnlySpan<T> parameters, Span<T> svec, CancellationToken cancellation = default) => parameters.CopyTo(svec);

        public override void PullBack(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default)
            => gradient.CopyTo(direction);

        public override void Describe(PartDescription description) => description.Add("model", "free");
    }

    /// <summary>diag(v⊙v), which keeps eigenvalues from being negative: the direction is diag(G)⊙v.</summary>
    private sealed class SquaredDiagonal<T>(double scale) : Model<T>(D, [new MatrixShape(D, 1)])
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Start(Span<T> parameters, CancellationToken cancellation = default) => parameters.Fill(T.CreateTruncating(scale));

        public override void CopyMatrix(ReadOnlySpan<T> parameters, Span<T> svec, CancellationToken cancellation = default)
        {
            svec.Clear();
            for (int i = 0; i < D; i++)
            {
                svec[Svec.IndexOf(i, i)] = parameters[i] * parameters[i];
            }
        }

        public override void PullBack(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default)
        {
            for (int i = 0; i < D; i++)
            {
                direction[i] = gradient[Svec.IndexOf(i, i)] * parameters[i];
            }
        }

        public override void Describe(PartDescription description)
        {
            description.Add("model", "squared-diagonal");
            description.Add("scale", scale);
        }
    }

    [Fact]
    public void TheMatrixItself()
    {
        double[] plain = new double[D * D];
        Check(
            new FreeMatrix<double>(),
            new FreeMatrix<float>(),
            gradient =>
            {
                plain = [.. plain.Select((value, i) => value - (0.02 * gradient[i]))];
                return plain;
            },
            () => plain);
    }

    [Fact]
    public void ASquaredDiagonal()
    {
        double[] v = [.. Enumerable.Repeat(0.7, D)];
        Check(
            new SquaredDiagonal<double>(0.7),
            new SquaredDiagonal<float>(0.7),
            gradient =>
            {
                v = [.. v.Select((value, i) => value - (0.02 * gradient[i * (D + 1)] * value))];
                return Matrix();
            },
            Matrix);

        double[] Matrix()
        {
            double[] matrix = new double[D * D];
            for (int i = 0; i < D; i++)
            {
                matrix[i * (D + 1)] = v[i] * v[i];
            }

            return matrix;
        }
    }

    [Fact]
    public void AnotherModelIsAnotherRun()
    {
        OwnData data = OwnData.Make(D, 1, 9);
        Model<double>?[] models = [null, new FreeMatrix<double>(), new SquaredDiagonal<double>(0.7), new SquaredDiagonal<double>(0.6)];
        for (int i = 0; i < models.Length; i++)
        {
            for (int j = 0; j < models.Length; j++)
            {
                using MemoryStream stream = new();
                Create(models[i]).Save(stream);
                stream.Position = 0;
                Trainer<double> other = Create(models[j]);
                if (i == j)
                {
                    other.Restore(stream);
                }
                else
                {
                    Assert.Throws<RunMismatchException>(() => other.Restore(stream));
                }
            }
        }

        HeteroSgd<double> Create(Model<double>? model) => new(data.Measured<double>(), Options, parts: new() { Model = model });
    }

    [Fact]
    public void AModelThatDoesNotFitIsNamed()
    {
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(
            () => new HeteroSgd<double>(OwnData.Make(4, 1, 9).Measured<double>(), Options, parts: new() { Model = new FreeMatrix<double>() }));
        Assert.Equal("parts.Model", refusal.ParamName);
        refusal = Assert.ThrowsAny<ArgumentException>(
            () => new HeteroSgd<double>(OwnData.Make(D, 1, 9).Measured<double>(), Options, parts: new() { Model = new SquaredDiagonal<double>(1e7) }));
        Assert.Equal("parts.Model", refusal.ParamName);
    }

    private static void Check(Model<double> model, Model<float> single, Func<double[], double[]> step, Func<double[]> start)
    {
        OwnData data = OwnData.Make(D, 1, 9, 14);
        PooledGd<double> trainer = new(data.Measured<double>(), Options, parts: new() { Model = model });
        PooledGd<float> trainerOfFloats = new(data.Measured<float>(), Options, parts: new() { Model = single });
        double[] plain = start();
        for (int t = 0; t < 10; t++)
        {
            trainer.Advance();
            trainerOfFloats.Advance();
            plain = step(data.Gradient(
                plain,
                [.. Enumerable.Range(0, 9).Select(row => (0, (long)row, 0.5 / 9)), .. Enumerable.Range(0, 14).Select(row => (1, (long)row, 0.5 / 14))]));
        }

        double[] estimate = new double[D * D];
        trainer.CopyEstimate(new(estimate, D, D));
        Assert.InRange(PlainMatrix.Distance(estimate, plain), 0, 1e-13);
        float[] estimateOfFloats = new float[D * D];
        trainerOfFloats.CopyEstimate(new(estimateOfFloats, D, D));
        Assert.InRange(PlainMatrix.Distance(Array.ConvertAll(estimateOfFloats, value => (double)value), plain), 0, 1e-5);
    }
}
