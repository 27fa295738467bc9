using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Data;

/// <summary>
/// Makes the data of several environments by a recipe: X_i symmetric Gaussian, or x_ix_iᵀ of Gaussian inputs, y_i = ⟨X_i, A* + A^(e)⟩ + noise. The rows of an
/// environment are made one after another, so that data larger than memory can be written; each depends on the seed, its environment and its place alone.
/// </summary>
/// <remarks>
/// Numbers are made in double and rounded to the precision in which they are stored; a response is that of its row as it is stored, rounded after it has been summed. Thread-safe: keeps the
/// signal of the environment that was asked for last.
/// </remarks>
public sealed class DataGenerator
{
    private readonly SensingProblem _problem;
    private readonly double[] _invariant;
    private readonly List<double[]> _sigma = [];
    private readonly List<double> _probabilities = [];
    private volatile Signal? _last;

    /// <summary>Poses the problem and draws the environments.</summary>
    /// <param name="recipe">The recipe; of it count the problem, the law of the environments, the noise and the seed.</param>
    /// <param name="environments">How many environments to draw from the law; null takes each of a finite law's once.</param>
    /// <param name="layout">How a measurement stands: as svec(X_i), as a square, or as an input x_i.</param>
    /// <param name="cancellation">Ends the work, which takes d² numbers.</param>
    /// <exception cref="RecipeException">A value of the recipe is not accepted, or the signals need more memory than <see cref="RunRecipe.Memory"/>.</exception>
    /// <exception cref="ArgumentException">The number is out of range, or missing for a law that is not finite, or the layout is another.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public DataGenerator(RunRecipe recipe, int? environments = null, MeasurementLayout layout = MeasurementLayout.Svec, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        Layout = layout is MeasurementLayout.Svec or MeasurementLayout.Square or MeasurementLayout.RankOne
            ? layout
            : throw new ArgumentException($"'{nameof(layout)}' is {layout}; accepted is Svec, Square or RankOne.", nameof(layout));
        recipe.Check();
        CheckMemory(recipe, Layout);
        Recipe = environments is { } number ? EnvironmentLists.Draw(recipe, number) : recipe;
        EnvironmentDistribution law = Recipe.Environments.Create(recipe.SpuriousRank);
        QuadraticNeurons? neurons = recipe.Neurons ? QuadraticNeurons.Draw(recipe.Dimension, recipe.InvariantRank, recipe.SpuriousRank, recipe.Seed, cancellation) : null;
        _problem = neurons?.Problem ?? recipe.Problem.Create(recipe.Seed, cancellation);
        law = neurons?.CreateEnvironments(law) ?? law;
        if (law.Count is not { } count)
        {
            throw new ArgumentException("'environments' is null; accepted for a law that is not finite is a number of environments to draw.", nameof(environments));
        }

        for (int e = 0; e < count; e++)
        {
            double[] sigma = new double[recipe.SpuriousRank * recipe.SpuriousRank];
            law.CopyMatrix(e, sigma);
            _sigma.Add(sigma);
            _probabilities.Add(law.GetProbability(e));
        }

        double[] square = Square(_problem.InvariantBasis, Diagonal(_problem.Eigenvalues), cancellation);
        _invariant = new double[Svec.Length(recipe.Dimension)];
        Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<double>(square, recipe.Dimension, recipe.Dimension), _invariant);
        RowLength = layout switch
        {
            MeasurementLayout.Svec => _invariant.Length,
            MeasurementLayout.Square => Guard.ArrayLength(recipe.Dimension, recipe.Dimension, "recipe.Dimension"),
            _ => recipe.Dimension,
        };
    }

    /// <summary>Gets the recipe, with the environments that were drawn as a list.</summary>
    public RunRecipe Recipe { get; }

    /// <summary>Gets how a measurement stands.</summary>
    public MeasurementLayout Layout { get; }

    /// <summary>Gets the number of environments.</summary>
    public int EnvironmentCount => _sigma.Count;

    /// <summary>Gets the numbers of a row: d(d+1)/2 of svec, d² of a square, d of an input.</summary>
    public int RowLength { get; }

    /// <summary>Returns the probability of an environment.</summary>
    /// <param name="environment">Its index.</param>
    public double GetProbability(int environment) => _probabilities[environment];

    /// <summary>Gets svec(A*).</summary>
    public ReadOnlySpan<double> Invariant => _invariant;

    /// <summary>Makes rows of an environment.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="environment">Its index.</param>
    /// <param name="first">The first sample, 0 or more.</param>
    /// <param name="measurements">Receives X_i in the layout, row after row.</param>
    /// <param name="responses">Receives y_i for each row.</param>
    /// <param name="cancellation">Ends the work between two rows.</param>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public void Fill<T>(int environment, long first, Span<T> measurements, Span<T> responses, CancellationToken cancellation = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.InRange(environment, 0, EnvironmentCount - 1);
        Guard.AtLeast(first, 0);
        Guard.Length(measurements.Length, (long)responses.Length * RowLength, nameof(measurements));
        bool isUnpacked = Layout == MeasurementLayout.Square;
        double[] signal = SignalOf(environment, cancellation), row = new double[RowLength], drawn = isUnpacked ? new double[_invariant.Length] : row;
        RandomStream rows = new(Recipe.Seed, StreamPurpose.Measurements, 0, environment);
        RandomStream noise = new(Recipe.Seed, StreamPurpose.Noise, 0, environment);
        Span<double> error = stackalloc double[1];
        for (int i = 0; i < responses.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.FillGaussian(checked((first + i) * drawn.Length), drawn.AsSpan());
            if (isUnpacked)
            {
                Svec.Unpack(drawn, new MatrixSpan<double>(row, Recipe.Dimension, Recipe.Dimension));
            }

            Span<T> stored = measurements.Slice(i * RowLength, RowLength);
            TensorPrimitives.ConvertTruncating<double, T>(row, stored);

            // The response is that of the row as it is stored.
            TensorPrimitives.ConvertTruncating<T, double>(stored, row);
            double response = Layout == MeasurementLayout.RankOne ? Form(row, signal) : Reductions.Dot<double>(row, signal);
            if (Recipe.Noise > 0)
            {
                noise.FillGaussian(first + i, error, 0, Recipe.Noise);
                response += error[0];
            }

            responses[i] = T.CreateTruncating(response);
        }
    }

    /// <summary>
    /// Refuses signals that do not fit, in halves of a square: A* (1), the signals of an environment and of the one before, each in the form that the layout has, with what the later is made from
    /// (1 + 3, of squares and inputs 2 + 3), and a row as it is drawn, as it stands in the layout and as it is stored (2, of a square 1 + 2 + 2).
    /// </summary>
    private static void CheckMemory(RunRecipe recipe, MeasurementLayout layout)
    {
        int halves = layout switch { MeasurementLayout.Svec => 7, MeasurementLayout.Square => 11, _ => 6 };
        Int128 needed = halves * (Int128)recipe.Dimension * (recipe.Dimension + 1) / 2 * sizeof(double);
        if (needed > recipe.MemoryLimit)
        {
            throw RecipeException.Of(
                "--dimension",
                Texts.Of(recipe.Dimension),
                $"what fits into '--memory', {ByteSize.Of(recipe.MemoryLimit)}: the signals and a row need {ByteSize.Of(needed)}");
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

    /// <summary>xᵀSx.</summary>
    private static double Form(ReadOnlySpan<double> input, ReadOnlySpan<double> square)
    {
        double sum = 0;
        for (int i = 0; i < input.Length; i++)
        {
            sum += input[i] * Reductions.Dot(input, square.Slice(i * input.Length, input.Length));
        }

        return sum;
    }

    /// <summary>A* + A^(e), in svec where rows are, else as a square.</summary>
    private double[] SignalOf(int environment, CancellationToken cancellation)
    {
        if (_last is { } last && last.Environment == environment)
        {
            return last.Coordinates;
        }

        double[] square = Square(_problem.SpuriousBasis, _sigma[environment], cancellation), coordinates = new double[_invariant.Length];
        Svec.PackSymmetricPart(new ReadOnlyMatrixSpan<double>(square, Recipe.Dimension, Recipe.Dimension), coordinates);
        TensorPrimitives.Add<double>(coordinates, _invariant, coordinates);
        if (Layout != MeasurementLayout.Svec)
        {
            Svec.Unpack(coordinates, new MatrixSpan<double>(square, Recipe.Dimension, Recipe.Dimension));
            coordinates = square;
        }

        _last = new Signal(environment, coordinates);
        return coordinates;
    }

    /// <summary>B·S·Bᵀ.</summary>
    private double[] Square(ReadOnlyMatrixSpan<double> basis, ReadOnlySpan<double> core, CancellationToken cancellation)
    {
        int d = Recipe.Dimension, rank = basis.Columns;
        double[] square = new double[(long)d * d], weighted = new double[rank];
        for (int i = 0; i < d; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int l = 0; l < rank; l++)
            {
                weighted[l] = 0;
                for (int k = 0; k < rank; k++)
                {
                    weighted[l] += basis[i, k] * core[(k * rank) + l];
                }
            }

            for (int j = 0; j < d; j++)
            {
                double sum = 0;
                for (int l = 0; l < rank; l++)
                {
                    sum += weighted[l] * basis[j, l];
                }

                square[(i * d) + j] = sum;
            }
        }

        return square;
    }

    /// <summary>The signal of one environment.</summary>
    private sealed record Signal(int Environment, double[] Coordinates);
}
