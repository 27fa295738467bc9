using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Data;

/// <summary>
/// Makes the data of several environments by a recipe: X_i symmetric Gaussian, y_i = ⟨X_i, A* + A^(e)⟩ + noise. The rows of an environment are made one after another,
/// so that data larger than memory can be written; each depends on the seed, its environment and its place alone.
/// </summary>
/// <remarks>Numbers are made in double and rounded to the precision in which they are stored, responses after they have been summed. Not thread-safe: owns scratch memory.</remarks>
public sealed class DataGenerator
{
    private readonly RunRecipe _recipe;
    private readonly SensingProblem _problem;
    private readonly double[] _invariant;
    private readonly List<double[]> _sigma = [];
    private readonly List<double> _probabilities = [];

    /// <summary>Poses the problem and draws the environments.</summary>
    /// <param name="recipe">The recipe; of it count the problem, the law of the environments, the noise and the seed.</param>
    /// <param name="environments">How many environments to draw from the law; null takes each of a finite law's once.</param>
    /// <exception cref="RecipeException">A value of the recipe is not accepted.</exception>
    /// <exception cref="ArgumentException">The number is out of range, or missing for a law that is not finite.</exception>
    public DataGenerator(RunRecipe recipe, int? environments = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Check();
        _recipe = recipe;
        _problem = recipe.Problem.Create(recipe.Seed);
        EnvironmentDistribution law = recipe.Environments.Create(recipe.SpuriousRank);
        int? count = environments ?? law.Count;
        if (count is not { } number)
        {
            throw new ArgumentException("'environments' is null; accepted for a law that is not finite is a number of environments to draw.", nameof(environments));
        }

        Guard.InRange(number, 1, RandomStream.MaxSubstream, nameof(environments));
        double[] label = new double[law.LabelLength];
        for (int e = 0; e < number; e++)
        {
            double[] sigma = new double[recipe.SpuriousRank * recipe.SpuriousRank];
            if (environments is null)
            {
                law.CopyMatrix(e, sigma);
                _probabilities.Add(law.GetProbability(e));
            }
            else
            {
                law.Draw(new RandomStream(recipe.Seed, StreamPurpose.Environments, e), sigma, label);
                _probabilities.Add(1.0 / number);
            }

            _sigma.Add(sigma);
        }

        _invariant = new double[Svec.Length(recipe.Dimension)];
        AddSignal(_problem.InvariantBasis, Diagonal(_problem.Eigenvalues), _invariant);
    }

    /// <summary>Gets the number of environments.</summary>
    public int EnvironmentCount => _sigma.Count;

    /// <summary>Gets the length p of a row, d(d+1)/2.</summary>
    public int RowLength => _invariant.Length;

    /// <summary>Returns the probability of an environment.</summary>
    /// <param name="environment">Its index.</param>
    public double GetProbability(int environment) => _probabilities[environment];

    /// <summary>Gets svec(A*).</summary>
    public ReadOnlySpan<double> Invariant => _invariant;

    /// <summary>Makes rows of an environment.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="environment">Its index.</param>
    /// <param name="first">The first sample, 0 or more.</param>
    /// <param name="measurements">Receives svec(X_i), row after row.</param>
    /// <param name="responses">Receives y_i for each row.</param>
    public void Fill<T>(int environment, long first, Span<T> measurements, Span<T> responses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.InRange(environment, 0, EnvironmentCount - 1);
        Guard.AtLeast(first, 0);
        Guard.Length(measurements.Length, (long)responses.Length * RowLength, nameof(measurements));
        double[] signal = [.. _invariant], row = new double[RowLength];
        AddSignal(_problem.SpuriousBasis, _sigma[environment], signal);
        RandomStream rows = new(_recipe.Seed, StreamPurpose.Measurements, 0, environment);
        RandomStream noise = new(_recipe.Seed, StreamPurpose.Noise, 0, environment);
        Span<double> error = stackalloc double[1];
        for (int i = 0; i < responses.Length; i++)
        {
            rows.FillGaussian(checked((first + i) * RowLength), row.AsSpan());
            Span<T> stored = measurements.Slice(i * RowLength, RowLength);
            TensorPrimitives.ConvertTruncating<double, T>(row, stored);

            // The response is that of the row as it is stored.
            TensorPrimitives.ConvertTruncating<T, double>(stored, row);
            double response = Reductions.Dot<double>(row, signal);
            if (_recipe.Noise > 0)
            {
                noise.FillGaussian(first + i, error, 0, _recipe.Noise);
                response += error[0];
            }

            responses[i] = T.CreateTruncating(response);
        }
    }

    private static double[] Diagonal(ReadOnlySpan<double> entries)
    {
        double[] matrix = new double[entries.Length * entries.Length];
        for (int i = 0; i < entries.Length; i++)
        {
            matrix[(i * entries.Length) + i] = entries[i];
        }

        return matrix;
    }

    /// <summary>Adds svec(B·S·Bᵀ).</summary>
    private void AddSignal(ReadOnlyMatrixSpan<double> basis, ReadOnlySpan<double> core, Span<double> svec)
    {
        int d = _recipe.Dimension, rank = basis.Columns;
        double[] square = new double[(long)d * d], packed = new double[svec.Length];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double sum = 0;
                for (int k = 0; k < rank; k++)
                {
                    for (int l = 0; l < rank; l++)
                    {
                        sum += basis[i, k] * core[(k * rank) + l] * basis[j, l];
                    }
                }

                square[(i * d) + j] = sum;
            }
        }

        Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<double>(square, d, d), packed);
        TensorPrimitives.Add(svec, packed, svec);
    }
}
