using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>Each fault of a source is found by its sentence, and the library's own sources have none.</summary>
public class MeasurementFaultTests
{
    private const int D = 4;

    [Theory]
    [InlineData("counts", "Accumulate depends on what was asked for before")]
    [InlineData("random seed", "Another source of the same arguments has other bits")]
    [InlineData("threads", "Accumulate has other bits on a team of 2 than on the calling thread")]
    [InlineData("overwrites", "Accumulate does not add to what stood there before")]
    [InlineData("step", "IsReused is false, but the measurements of steps 3 and 5 are the same.")]
    [InlineData("reused", "IsReused is true, but the measurements of steps 3 and 5 are others.")]
    [InlineData("square", "The source is not linear, although IsOperator is true")]
    [InlineData("rotated", "The source is not self-adjoint, although IsOperator is true")]
    [InlineData("negative", "a sum of squares is not negative")]
    [InlineData("other X", "The measurements of a second matrix are not those of the first")]
    [InlineData("scale", "Twice the scale does not give twice the result")]
    [InlineData("first sample", "The first 10 samples and the 20 after them do not add up to all")]
    [InlineData("NaN", "For N(0, 1) numbers Accumulate writes what is not finite")]
    [InlineData("allocates", "Accumulate allocates")]
    [InlineData("refuses", "The source refuses a batch of 30 samples; accepted is at most 7.")]
    [InlineData("no description", "Describe adds nothing")]
    [InlineData("no noise", "With group.NoiseDeviation = 1 the results are those without noise")]
    public void EachFaultIsFound(string fault, string sentence)
        => Assert.Contains(
            PartChecks.FaultsOfMeasurements(team => new Broken(fault, team)), found => found.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void TheSameSourceWithoutFaultsHasNone()
    {
        Assert.Empty(PartChecks.FaultsOfMeasurements(team => new Broken("none", team)));
        Assert.Empty(PartChecks.FaultsOfIsotropy(new Broken("none", null)));
    }

    [Fact]
    public void MeasurementsOfAnotherScaleAreFound()
        => Assert.Contains("E[⟨X, D⟩X] is not D", Assert.Single(PartChecks.FaultsOfIsotropy(new Broken("ten percent", null))), StringComparison.Ordinal);

    [Fact]
    public void TheLibrarysSourcesHaveNone()
    {
        Check<double>();
        Check<float>();

        static void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Assert.Empty(PartChecks.FaultsOfMeasurements<T>(team => new ExactLawMeasurements<T>(D, 1, team)));
            Assert.Empty(PartChecks.FaultsOfMeasurements<T>(team => new RegeneratedMeasurements<T>(D, 1, team)));
            Assert.Empty(PartChecks.FaultsOfMeasurements<T>(team => new StoredMeasurements<T>(D, 40, 1, team)));
            Assert.Empty(PartChecks.FaultsOfMeasurements<T>(_ => new PopulationMeasurements<T>(D)));
            Assert.Empty(PartChecks.FaultsOfMeasurements(Data<T>));
            Assert.Empty(PartChecks.FaultsOfIsotropy(new ExactLawMeasurements<T>(D, 1)));
            Assert.Empty(PartChecks.FaultsOfIsotropy(new RegeneratedMeasurements<T>(D, 1), samples: 30));
            Assert.Empty(PartChecks.FaultsOfIsotropy(new PopulationMeasurements<T>(D)));
        }

        static MeasurementSource<T> Data<T>(WorkerTeam? team)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] rows = new T[40 * D * (D + 1) / 2], responses = new T[40];
            new RandomStream(1, StreamPurpose.User).FillGaussian<T>(0, rows);
            new RandomStream(2, StreamPurpose.User).FillGaussian<T>(0, responses);
            return new MeasuredData<T>(D, [new(rows, responses)], team: team);
        }
    }

    [Fact]
    public void ReusedMeasurementsHaveNoIsotropyToCheck()
        => Assert.Equal("source", Assert.Throws<ArgumentException>(() => PartChecks.FaultsOfIsotropy(new StoredMeasurements<double>(D, 40, 1))).ParamName);

    /// <summary>Rows of N(0, 1) numbers, applied one after another, with one fault.</summary>
    private sealed class Broken(string fault, WorkerTeam? team) : MeasurementSource<double>(D)
    {
        private readonly double[] _row = new double[D * (D + 1) / 2];
        private readonly double[] _noise = new double[1];
        private readonly ulong _seed = fault == "random seed" ? (ulong)System.Random.Shared.NextInt64() : 5;
        private int _calls;

        public override bool IsOperator => true;

        public override bool IsReused => fault == "reused";

        public override string? RefuseBatch(long samples) => fault == "refuses" ? "at most 7" : null;

        public override void Describe(PartDescription description, long batchSize)
        {
            if (fault != "no description")
            {
                description.Add("kind", "broken");
            }
        }

        protected override void AccumulateCore(
            in SampleGroup<double> group, ReadOnlySpan<double> matrices, Span<double> results, int count, CancellationToken cancellation)
        {
            if (fault == "overwrites")
            {
                results.Clear();
            }

            int step = fault == "step" ? 0 : group.Step;
            double scale = fault == "scale" ? Math.Abs(group.Scale) + 0.01 : group.Scale;
            for (long sample = 0; sample < group.Count; sample++)
            {
                long row = fault == "first sample" ? sample : group.FirstSample + sample;
                for (int j = 0; j < count; j++)
                {
                    new RandomStream(_seed, StreamPurpose.Measurements, step, fault == "other X" ? j : 0).FillGaussian(row * 16, _row);
                    Span<double> result = results.Slice(j * SvecLength, SvecLength);
                    double product = scale * TensorPrimitives.Dot<double>(_row, matrices.Slice(j * SvecLength, SvecLength));
                    if (j == 0 && fault != "no noise")
                    {
                        new RandomStream(_seed, StreamPurpose.Noise, step).FillGaussian(row * 16, _noise);
                        product -= scale * group.NoiseDeviation * _noise[0];
                    }

                    product *= fault switch
                    {
                        "square" => Math.Abs(product),
                        "negative" => -1,
                        "ten percent" => 1.1,
                        "NaN" => double.NaN,
                        _ => 1,
                    };
                    if (fault == "rotated")
                    {
                        _row.AsSpan().Reverse();
                    }

                    TensorPrimitives.MultiplyAdd(_row, product, result, result);
                }
            }

            results[0] += fault switch
            {
                "counts" => 1e-9 * _calls++,
                "threads" => team?.Degree > 1 ? 1e-12 : 0,
                "allocates" => (Kept.Array = new double[1])[0],
                _ => 0,
            };
        }
    }
}
