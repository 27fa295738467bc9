using FsCheck.Xunit;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Sensing;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Mixture;

/// <summary>
/// An exact-law draw with a mixture against the sums over its own explicit products: identities for every seed, so a failure on any is a fault.
/// </summary>
/// <remarks>A pivot of 1e-13 of its diagonal or less counts as 0, which may lose 3e-7 of a product of two vectors' lengths.</remarks>
[DailySeed(100, Arbitrary = [typeof(MixtureArbitraries)])]
public class MixtureTests
{
    private const double Tolerance = 1e-6;

    // Upper triangular with no negative diagonal entry and RᵀR the Gram matrix of [c, x_0, …]: for independent vectors there is one such R.
    [Property]
    public void The_triangle_has_the_gram_matrix_of_the_sample_vectors(MixtureCase given)
    {
        PlainMixture plain = new(given);
        int order = plain.Products.Length, columns = order + 1;
        MixtureCoefficients<double> coefficients = new(given.Seed);
        coefficients.Prepare(1 + given.Directions);
        for (int v = 0; v <= given.Directions; v++)
        {
            coefficients.Row(v).Clear();
            plain.Components[v].CopyTo(coefficients.Row(v));
        }

        SampleGroup<double> group = given.Group();
        double[] triangle = coefficients.Triangle(in group, group.Mixture!, order, out int exponent, CancellationToken.None).ToArray();
        double[][] vectors = [[.. plain.Coefficients.Select(c => Math.ScaleB(c, -exponent))], .. plain.Products];
        for (int i = 0; i < columns; i++)
        {
            Assert.True(triangle[(i * columns) + i] >= 0);
            for (int j = 0; j < columns; j++)
            {
                double product = Enumerable.Range(0, columns).Sum(r => triangle[(r * columns) + i] * triangle[(r * columns) + j]);
                Near(PlainMixture.Dot(vectors[i], vectors[j]), product, Length(vectors[i]) * Length(vectors[j]));
                Assert.True(j >= i || triangle[(i * columns) + j] == 0);
            }
        }
    }

    // ⟨(1/m) Σ c_i X_i, M_k⟩ and ⟨(1/m) Σ ⟨X_i, M_j⟩X_i, M_k⟩ for M = D, V_1, …, V_n.
    [Property]
    public void Inside_the_span_the_results_are_the_sums_over_the_samples(MixtureCase given)
    {
        PlainMixture plain = new(given);
        double[][] vectors = given.Vectors();
        double[] results = new double[vectors.Sum(vector => vector.Length)];
        double[] matrices = [.. vectors.SelectMany(vector => vector)];
        new ExactLawMeasurements<double>(given.Dimension, given.Seed).Accumulate(given.Group(), matrices, results);
        double[][] products = [.. vectors.Select((_, j) => Enumerable.Range(0, given.Samples).Select(i => plain.Along(j, i)).ToArray())];
        for (int j = 0; j < vectors.Length; j++)
        {
            double[] left = j == 0 ? plain.Coefficients : products[j], result = results[(j * vectors[j].Length)..((j + 1) * vectors[j].Length)];
            for (int k = 0; k < vectors.Length; k++)
            {
                double unit = Length(left) * Length(products[k]) / given.Samples;
                Near(PlainMixture.Dot(left, products[k]) / given.Samples, PlainMixture.Dot(result, vectors[k]), unit + Length(vectors[k]));
            }
        }
    }

    private static double Length(double[] vector) => Math.Sqrt(PlainMixture.Dot(vector, vector));

    private static void Near(double expected, double actual, double unit)
        => Assert.InRange(actual, expected - (Tolerance * unit), expected + (Tolerance * unit));
}
