using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

public class IsometryFormTests
{
    [Fact]
    public void IsTheMeanOfSquaredProducts()
        => Properties.Check(Properties.Between(1, 7), d =>
        {
            int p = Svec.Length(d), m = 1 + (3 * d);
            double[] rows = Data.Uniform<double>(m * p, d), w = Data.Uniform<double>(p, d + 1), image = new double[p], error = new double[p];
            IsometryForm form = new(d, rows);
            double sum = 0, square = 0;
            double[] plain = new double[p];
            for (int i = 0; i < m; i++)
            {
                double product = 0;
                for (int j = 0; j < p; j++)
                {
                    product += rows[(i * p) + j] * w[j];
                }

                for (int j = 0; j < p; j++)
                {
                    plain[j] += product * rows[(i * p) + j] / m;
                }

                sum += product * product / m;
            }

            for (int j = 0; j < p; j++)
            {
                square += w[j] * w[j];
            }

            form.Apply(w, image);
            form.ApplyError(w, error);
            Assert.Equal(sum / square, form.Ratio(w), 1e-13 * p);
            for (int j = 0; j < p; j++)
            {
                Assert.Equal(plain[j], image[j], 1e-13 * p);
                Assert.Equal(plain[j] - w[j], error[j], 1e-13 * p);
            }
        });

    [Fact]
    public void OfStoredMeasurementsIsOfTheirRows()
    {
        StoredMeasurements<double> stored = new(4, 7, 3, sets: 2);
        for (int set = 0; set < 2; set++)
        {
            double[] rows = new double[70];
            for (int i = 0; i < 7; i++)
            {
                stored.CopySample((set * 7) + i, rows.AsSpan(10 * i, 10));
            }

            Assert.Equal(new IsometryForm(4, rows).Gram.Data.ToArray(), IsometryForm.Of(stored, set).Gram.Data.ToArray());
        }
    }

    [Fact]
    public void OfGramKeepsTheMatrix()
    {
        double[] gram = [2, 0.5, 0, 0.5, 1, 0, 0, 0, 3];
        IsometryForm form = IsometryForm.OfGram(2, new(gram, 3, 3));
        Assert.Equal(gram, form.Gram.Data.ToArray());
        Assert.Equal(2.0, form.Ratio([1, 1, 0]), 1e-15);
        Assert.Equal(2, form.Dimension);
    }

    [Fact]
    public void BadInputIsNamed()
    {
        Assert.Equal("dimension", Assert.Throws<ArgumentOutOfRangeException>(() => new IsometryForm(65, new double[2145])).ParamName);
        Assert.Equal("svecRows", Assert.Throws<ArgumentException>(() => new IsometryForm(2, new double[4])).ParamName);
        Assert.Equal("svecRows", Assert.Throws<ArgumentException>(() => new IsometryForm(2, [1, double.NaN, 0])).ParamName);
        Assert.Equal("svecRows", Assert.Throws<ArgumentException>(() => new IsometryForm(2, [1, 1e200, 0])).ParamName);
        Assert.Equal("gram", Assert.Throws<ArgumentException>(() => IsometryForm.OfGram(2, new([1, 0, 0, 0, -1, 0, 0, 0, 1], 3, 3))).ParamName);
        Assert.Equal("gram", Assert.Throws<ArgumentException>(() => IsometryForm.OfGram(2, new([1, 1, 0, 0, 1, 0, 0, 0, 1], 3, 3))).ParamName);
        Assert.Equal("gram", Assert.Throws<ArgumentException>(() => IsometryForm.OfGram(2, new(new double[4], 2, 2))).ParamName);
        Assert.Equal("set", Assert.Throws<ArgumentOutOfRangeException>(() => IsometryForm.Of(new StoredMeasurements<double>(2, 3, 1), 1)).ParamName);
        IsometryForm form = new(2, [1, 2, 3]);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => form.Ratio(new double[3])).ParamName);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => form.Ratio(new double[2])).ParamName);
        Assert.Equal("destination", Assert.Throws<ArgumentException>(() => form.Apply(new double[3], new double[2])).ParamName);
    }
}
