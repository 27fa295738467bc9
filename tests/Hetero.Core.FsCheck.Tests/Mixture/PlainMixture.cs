using Hetero.Core.Random;

namespace Hetero.Core.FsCheck.Tests.Mixture;

/// <summary>
/// What a batch with a mixture is made of, by definition: the basis B_a by Gram and Schmidt, the components ⟨D, B_a⟩ and ⟨V_v, B_a⟩, the products
/// x_ia = ⟨X_i, B_a⟩, entry a·m̃ + i of the coefficient stream, and c_i = ⟨X_i, D_i⟩ − ξ_i.
/// </summary>
internal sealed class PlainMixture
{
    // Of the stream's groups, 16 numbers of double precision each.
    private const int GroupLength = 16;

    public PlainMixture(MixtureCase given)
    {
        double[][] vectors = given.Vectors();
        List<double[]> basis = [];
        foreach (double[] vector in vectors)
        {
            double[] rest = [.. vector];
            foreach (double[] known in basis.Concat(basis))
            {
                double along = Dot(known, rest);
                rest = [.. rest.Zip(known, (r, k) => r - (along * k))];
            }

            if (Dot(rest, rest) > 1e-20)
            {
                basis.Add([.. rest.Select(r => r / Math.Sqrt(Dot(rest, rest)))]);
            }
        }

        Components = [.. vectors.Select(vector => basis.Select(known => Dot(known, vector)).ToArray())];
        int padded = (given.Samples + GroupLength - 1) / GroupLength * GroupLength;
        Products = [.. basis.Select((_, a) => given.Gaussian(StreamPurpose.Coefficients, 3, 1, a * padded))];
        double[] noise = given.Gaussian(StreamPurpose.Noise, 0, 0, 5), mixed = given.Group().Mixture!.Coefficients.ToArray();
        Coefficients =
        [
            .. Enumerable.Range(0, given.Samples).Select(i => Along(0, i)
                + Enumerable.Range(0, given.Directions).Sum(v => mixed[(i * given.Directions) + v] * Along(1 + v, i))
                - (given.Noise / 10.0 * noise[i])),
        ];
    }

    /// <summary>Gets the components of D, V_1, …, V_n along the basis.</summary>
    public double[][] Components { get; }

    /// <summary>Gets x_a, one vector of m products for each B_a.</summary>
    public double[][] Products { get; }

    /// <summary>Gets c.</summary>
    public double[] Coefficients { get; }

    /// <summary>⟨X_i, M⟩ for M = D, V_1, ….</summary>
    public double Along(int vector, int sample) => Components[vector].Select((component, a) => component * Products[a][sample]).Sum();

    public static double Dot(double[] left, double[] right) => left.Zip(right, (l, r) => l * r).Sum();
}
