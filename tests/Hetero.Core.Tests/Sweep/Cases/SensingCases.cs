using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using static Hetero.Core.Tests.Sweep.BufferSpec;
using static Hetero.Core.Tests.Sweep.SpanCase;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>svec, measurements and the forms of their squares.</summary>
internal static class SensingCases
{
    public static IEnumerable<SpanCase> Of<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int p = Svec.Length(n);
        yield return Void("Svec.Pack(matrix, destination)", [InMatrix<T>(n, n), Out<T>(p)], s => Svec.Pack<T>(s.Matrix<T>(0), s.Vector<T>(1)));
        yield return Void(
            "Svec.Pack(matrix, destination)",
            [InMatrix<T>(n, n), Out<T>(p)],
            s => Svec.Pack(s.Matrix<T>(0).AsReadOnly().Transposed, s.Vector<T>(1)));
        yield return Void(
            "Svec.PackSymmetricPart(matrix, destination)",
            [InMatrix<T>(n, n), Out<T>(p)],
            s => Svec.PackSymmetricPart<T>(s.Matrix<T>(0), s.Vector<T>(1)));
        yield return Void("Svec.Unpack(svec, destination)", [In<T>(p), OutMatrix<T>(n, n)], s => Svec.Unpack<T>(s.Vector<T>(0), s.Matrix<T>(1)));
        if (n == 0)
        {
            yield break;
        }

        foreach ((string key, MeasurementSource<T> source) in Sources<T>(n))
        {
            SampleGroup<T> group = new() { Step = 1, Count = 3, Scale = 0.5 };
            yield return Void(
                key,
                [In<T>(p), Update<T>(p)],
                s => source.Accumulate(in group, s.Vector<T>(0), s.Vector<T>(1))) with
            { FormsProducts = true };
            yield return Void(
                key,
                [In<T>(3 * p), Update<T>(3 * p)],
                s => source.Accumulate(in group, s.Vector<T>(0), s.Vector<T>(1))) with
            { FormsProducts = true };
            yield return Void("RipError.Apply(source, samples, step, matrices, results)", [In<T>(2 * p), Out<T>(2 * p)], s =>
                RipError.Apply(source, 3, 1, s.Vector<T>(0), s.Vector<T>(1))) with
            { FormsProducts = true };
        }

        RegeneratedMeasurements<T> regenerated = new(n, 5);
        StoredMeasurements<T> stored = new(n, 4, 5);
        yield return Void(
            "RegeneratedMeasurements.CopySample(step, sample, destination)",
            [Out<T>(p, 0)],
            s => regenerated.CopySample(2, 3, s.Vector<T>(0)));
        yield return Void("StoredMeasurements.CopySample(sample, destination)", [Out<T>(p, 0)], s => stored.CopySample(3, s.Vector<T>(0)));
        yield return new(
            "StoredMeasurements.new(dimension, svecRows, seed, team, sets, order)",
            [In<T>(4 * p)],
            s => Last(new StoredMeasurements<T>(n, s.Vector<T>(0), 5)))
        {
            // Of dimension 1 any number of numbers are rows.
            ResultDegree = 1,
            TakesAnyLength = p == 1,
        };
        RankOneMeasurements<T> rankOne = new(n, 5);
        StoredRankOneMeasurements<T> storedRankOne = new(n, 4, 5);
        yield return Void("RankOneMeasurements.CopyInput(step, sample, destination)", [Out<T>(n, 0)], s => rankOne.CopyInput(2, 3, s.Vector<T>(0)));
        yield return Void("StoredRankOneMeasurements.CopyInput(sample, destination)", [Out<T>(n, 0)], s => storedRankOne.CopyInput(3, s.Vector<T>(0)));
        yield return new(
            "StoredRankOneMeasurements.new(dimension, inputs, seed, team, sets, order)",
            [In<T>(4 * n)],
            s => LastInput(new StoredRankOneMeasurements<T>(n, s.Vector<T>(0), 5)))
        {
            ResultDegree = 1,
            TakesAnyLength = n == 1,
        };
    }

    public static IEnumerable<SpanCase> OfDouble(int n)
    {
        n = Math.Clamp(n, 1, 4);
        int p = Svec.Length(n);
        double[] gram = Gram(p);
        IsometryForm form = new(n, Data.Uniform<double>(3 * p, 3));
        IsometryExtreme extreme = RipConstants.Exact(form).Largest;
        yield return Void(
            "IsometryForm.Apply(matrix, destination)",
            [In<double>(p), Out<double>(p)],
            s => form.Apply(s.Vector<double>(0), s.Vector<double>(1)));
        yield return Void(
            "IsometryForm.ApplyError(matrix, destination)",
            [In<double>(p), Out<double>(p)],
            s => form.ApplyError(s.Vector<double>(0), s.Vector<double>(1)));
        yield return new("IsometryForm.Ratio(matrix)", [In<double>(p)], s => [form.Ratio(s.Vector<double>(0))]);
        yield return new("IsometryForm.new(dimension, svecRows)", [In<double>(3 * p)], s => Describe(new IsometryForm(n, s.Vector<double>(0))))
        {
            ResultDegree = 2,
            FormsProducts = true,
            TakesAnyLength = p == 1,
        };
        yield return new(
            "IsometryForm.OfGram(dimension, gram)",
            [InMatrix<double>(p, p, 1, () => gram)],
            s => Describe(IsometryForm.OfGram(n, s.Matrix<double>(0))))
        { ResultDegree = 1 };
        yield return Void("IsometryExtreme.CopyMatrix(destination)", [OutMatrix<double>(n, n, 0)], s => extreme.CopyMatrix(s.Matrix<double>(0)));
    }

    private static IEnumerable<(string Key, MeasurementSource<T> Source)> Sources<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Key = "MeasurementSource.Accumulate(group, matrices, results)";
        yield return (Key, new PopulationMeasurements<T>(n));
        yield return (Key, new RegeneratedMeasurements<T>(n, 3));
        yield return (Key, new StoredMeasurements<T>(n, 3, 3));
        yield return (Key, new ExactLawMeasurements<T>(n, 3));
        yield return (Key, new RankOneMeasurements<T>(n, 3));
        yield return (Key, new StoredRankOneMeasurements<T>(n, 3, 3));
    }

    /// <summary>Gram matrix, ratio of a fixed matrix, and the extreme ratios.</summary>
    private static double[] Describe(IsometryForm form)
    {
        RipConstant exact = RipConstants.Exact(form), found = RipConstants.LowerBound(form, 1);
        return [.. form.Gram.Data, form.Ratio(Data.Uniform<double>(form.SvecLength, 9)), exact.Largest.Ratio, found.Smallest.Ratio, found.Largest.Ratio];
    }

    private static double[] Gram(int p)
    {
        double[] rows = Data.Uniform<double>(2 * p * p, 2), gram = new double[p * p];
        for (int i = 0; i < p * p; i++)
        {
            gram[i] = Enumerable.Range(0, 2 * p).Sum(row => rows[(row * p) + (i / p)] * rows[(row * p) + (i % p)]);
        }

        // Twelve powers of two up, as eigenvalues that differ by less than 2⁻¹⁰⁰⁰ are not searched.
        return [.. Matrices.Mirrored(gram, p).Select(entry => Math.ScaleB(entry, 12))];
    }

    private static double[] Last<T>(StoredMeasurements<T> stored)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] sample = new T[stored.SvecLength];
        stored.CopySample(stored.SamplesPerSet - 1, sample);
        return ToDoubles<T>(sample);
    }

    private static double[] LastInput<T>(StoredRankOneMeasurements<T> stored)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] input = new T[stored.Dimension];
        stored.CopyInput(stored.SamplesPerSet - 1, input);
        return ToDoubles<T>(input);
    }

    private static double[] ToDoubles<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Array.ConvertAll(numbers.ToArray(), double.CreateChecked);
}
