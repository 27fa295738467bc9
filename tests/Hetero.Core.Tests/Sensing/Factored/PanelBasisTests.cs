using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing.Factored;

/// <summary>The basis of [U, U*, V*] is orthonormal and spans them, however close to each other, small, large or many they are.</summary>
public class PanelBasisTests
{
    private const int K = 4, R1 = 2, R2 = 2;

    public static TheoryData<int, string> Panels()
    {
        TheoryData<int, string> all = [];
        foreach (int dimension in new[] { 3, 8, 40, 1500 })
        {
            foreach (string panel in new[]
            {
                "ordinary", "zero", "one zero column", "in the span", "repeated", "close 1e-3", "close 1e-6", "close 1e-9", "close 1e-13", "graded", "tiny", "huge",
                "subnormal", "U* and V* share a direction", "chain",
            })
            {
                all.Add(dimension, panel);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Panels))]
    public void IsOrthonormalAndSpansThePanel(int dimension, string panel)
    {
        // A chain of columns, each close to the one before, has a condition far above that of any two of them.
        bool isChain = panel == "chain";
        Check<double>(dimension, panel, 5e-11, isChain ? 1e-7 : 1e-11);
        Check<float>(dimension, panel, 2e-6, isChain ? 1e-2 : 1e-4);

        static void Check<T>(int dimension, string panel, double orthonormal, double spans)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            (T[] u, T[] star, T[] spurious) = Panel<T>(dimension, panel);
            FactoredResidual<T> residual = new()
            {
                Factor = new ReadOnlyMatrixSpan<T>(u, dimension, K), InvariantBasis = new ReadOnlyMatrixSpan<T>(star, dimension, R1), Eigenvalues = [1, 1],
                SpuriousBasis = new ReadOnlyMatrixSpan<T>(spurious, dimension, R2), Sigma = [1, 0, 0, 1],
            };
            Assert.InRange(new FactoredExactLawMeasurements<T>(dimension, 1).MeasureBasis(in residual), 0, orthonormal);

            // F = B·R, column by column, in units of the column.
            const int Q = K + R1 + R2;
            PanelBasis<T> basis = new(Q);
            PanelPass<T> pass = new(
                dimension, Q, K, new T[(int)PanelPass<T>.ScratchLength(dimension, Q, K, 1)], new double[(int)PanelPass<T>.SumsLength(dimension, Q)], null, default);
            basis.Build(in residual, in pass);
            double[] all = MultiplyOut(basis, in residual);
            for (int column = 0; column < Q; column++)
            {
                double error = 0, length = 0;
                for (int i = 0; i < dimension; i++)
                {
                    T entry = column < K ? u[(i * K) + column] : column < K + R1 ? star[(i * R1) + column - K] : spurious[(i * R2) + column - K - R1];
                    double sum = 0, value = double.CreateTruncating(entry);
                    for (int j = 0; j < Q; j++)
                    {
                        sum += all[(i * Q) + j] * basis.Coordinates[j, column];
                    }

                    error = Math.Max(error, Math.Abs(sum - value));
                    length = Math.Max(length, Math.Abs(value));
                }

                Assert.InRange(error, 0, spans * length);
            }
        }
    }

    private static double[] MultiplyOut<T>(PanelBasis<T> basis, in FactoredResidual<T> residual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PanelTiles<T> tiles = basis.TilesOf(in residual);
        int q = tiles.Columns, d = tiles.Dimension;
        T[] panels = new T[(int)PanelTiles<T>.ScratchLength(d, q)], products = new T[Products.GetMultiplyScratchLength<T>(PanelTiles<T>.Rows, q, q)];
        double[] result = new double[d * q];
        for (int first = 0, tile = 0; first < d; first += PanelTiles<T>.Rows, tile++)
        {
            ReadOnlyMatrixSpan<T> rows = tiles.Load(tile, panels, products);
            for (int i = 0; i < rows.Rows; i++)
            {
                for (int j = 0; j < q; j++)
                {
                    double sum = 0;
                    for (int l = 0; l < q; l++)
                    {
                        sum += double.CreateTruncating(rows[i, l]) * basis.Fold[l, j];
                    }

                    result[((first + i) * q) + j] = sum;
                }
            }
        }

        return result;
    }

    private static (T[] Factor, T[] Invariant, T[] Spurious) Panel<T>(int dimension, string panel)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] u = Data.Uniform<double>(dimension * K, 1), star = Data.Uniform<double>(dimension * R1, 2), spurious = Data.Uniform<double>(dimension * R2, 3);
        double closeness = panel.StartsWith("close", StringComparison.Ordinal) ? double.Parse(panel[6..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        double size = panel switch
        {
            "tiny" => typeof(T) == typeof(double) ? 1e-200 : 1e-30,
            "huge" => typeof(T) == typeof(double) ? 1e200 : 1e30,
            "subnormal" => typeof(T) == typeof(double) ? 1e-300 : 1e-37,
            _ => 1,
        };
        for (int i = 0; i < dimension; i++)
        {
            if (panel == "U* and V* share a direction")
            {
                spurious[i * R2] = star[i * R1];
            }

            for (int j = 0; j < K; j++)
            {
                ref double entry = ref u[(i * K) + j];
                double inside = ((j + 1) * star[i * R1]) + spurious[(i * R2) + 1];
                entry = size * panel switch
                {
                    "zero" => 0,
                    "one zero column" => j == 1 ? 0 : entry,
                    "in the span" => inside,
                    "repeated" => u[i * K],
                    "chain" => (i == j - 1 || (j == 0 && i == 0) ? 1 : 0) + (i == j ? 1e-3 : 0),
                    "graded" => entry * Math.Pow(10, -4 * j),
                    _ when closeness > 0 => inside + (closeness * entry),
                    _ => entry,
                };
            }
        }

        return (Rounded(u), Rounded(star), Rounded(spurious));

        static T[] Rounded(double[] values) => [.. values.Select(T.CreateTruncating)];
    }
}
