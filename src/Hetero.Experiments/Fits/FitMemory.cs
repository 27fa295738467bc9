using Hetero.Core.Sensing;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Fits;

/// <summary>What a fit takes of memory beside the data themselves, which are its caller's: asked before any of it is taken.</summary>
internal sealed class FitMemory
{
    // Of a row in the middle of being put into an order: its key and its number.
    private const int OrderBytes = sizeof(double) + sizeof(int);

    // An object with its two lists, and their references.
    private const int RecordBytes = 160;

    private readonly long _limit;
    private readonly Int128 _always, _folds, _between;

    /// <summary>Adds up.</summary>
    /// <param name="recipe">The fit.</param>
    /// <param name="dimension">d.</param>
    /// <param name="environments">The number of environments.</param>
    /// <param name="largest">The most rows that one of them has.</param>
    /// <param name="choice">The bytes that say which of all rows are in which part.</param>
    /// <param name="packed">The bytes of memory that squares are packed into.</param>
    public FitMemory(FitRecipe recipe, int dimension, int environments, int largest, Int128 choice, long packed)
    {
        _limit = recipe.Training.MemoryLimit;
        Int128 square = (Int128)dimension * dimension * sizeof(double), svec = (Int128)Svec.Length(dimension) * sizeof(double);
        Int128 measured = (recipe.Training.Steps / recipe.Training.Every) + 2;
        Int128 rows = measured * (recipe.Seeds + 1) * (RecordBytes + (2 * environments * sizeof(double)));

        // A fold has a measure of its own beside that of what is held out.
        Int128 measure = (FitMeasure<double>.Squares * square) + (FitMeasure<double>.Vectors * svec);
        _always = packed + measure + rows + ((Int128)largest * OrderBytes) + (recipe.HeldOutShare == 0 ? 0 : choice);
        _folds = recipe.Tuning is null ? 0 : choice + measure;
        Int128 rank = recipe.HeldOutShare == 0
            ? 0
            : ((FitMeasure<double>.Squares + RankTest.Squares) * square) + ((FitMeasure<double>.Vectors + 2) * svec) + ((Int128)environments * dimension * sizeof(double));
        Int128 variation = recipe.ChoosesStepSize ? (EnvironmentVariation.Blocks * environments * svec) + (((2 * environments) + EnvironmentVariation.Squares) * square) : 0;
        Int128 plain = ((environments + TwoFitsComparison.Vectors) * svec) + (TwoFitsComparison.Squares * square);
        _between = Int128.Max(rank, Int128.Max(variation, plain));
    }

    /// <summary>Refuses what does not fit into <see cref="RunRecipe.Memory"/>.</summary>
    /// <param name="buffers">The bytes of a trainer, and of the sums of measures over rows; 0 before there are some.</param>
    /// <exception cref="RecipeException">It does not.</exception>
    public void Check(Int128 buffers)
    {
        Int128 needed = _always + Int128.Max(_between, _folds + buffers);
        if (needed > _limit)
        {
            throw new RecipeException($"the fit needs {ByteSize.Of(needed)}; accepted is what fits into '--memory', {ByteSize.Of(_limit)}.");
        }
    }
}
