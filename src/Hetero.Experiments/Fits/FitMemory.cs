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
    private readonly Int128 _heldOut, _folds, _always, _between;

    /// <summary>Adds up.</summary>
    /// <param name="recipe">The fit.</param>
    /// <param name="dimension">d.</param>
    /// <param name="environments">The number of environments.</param>
    /// <param name="largest">The most rows that one of them has.</param>
    /// <param name="copies">The bytes of a copy of all rows.</param>
    /// <param name="packed">The bytes of memory that squares are packed into, where no rows are held out.</param>
    public FitMemory(FitRecipe recipe, int dimension, int environments, int largest, Int128 copies, long packed)
    {
        _limit = recipe.Training.MemoryLimit;
        Int128 square = (Int128)dimension * dimension * sizeof(double), svec = (Int128)Svec.Length(dimension) * sizeof(double);
        Int128 measured = (recipe.Training.Steps / recipe.Training.Every) + 2;
        Int128 rows = measured * (recipe.Seeds + 1) * (RecordBytes + (2 * environments * sizeof(double)));
        bool takesNoCopy = recipe.HeldOutShare == 0;
        _heldOut = takesNoCopy ? 0 : copies;
        _folds = recipe.Tuning is null ? 0 : copies;
        _always = (takesNoCopy ? packed : 0) + (FitMeasure<double>.Squares * square) + (2 * svec) + rows + ((Int128)largest * OrderBytes);
        _between = Int128.Max(
            recipe.ChoosesStepSize ? (EnvironmentVariation.Blocks * environments * svec) + (((2 * environments) + EnvironmentVariation.Squares) * square) : 0,
            ((environments + TwoFitsComparison.Vectors) * svec) + (TwoFitsComparison.Squares * square));
    }

    /// <summary>Refuses what does not fit into <see cref="RunRecipe.Memory"/>.</summary>
    /// <param name="trainer">The bytes of a trainer; 0 before there is one.</param>
    /// <exception cref="RecipeException">It does not.</exception>
    public void Check(Int128 trainer)
    {
        Int128 copies = _heldOut + _folds, needed = _heldOut + _always + Int128.Max(_between, _folds + trainer);
        if (needed > _limit)
        {
            string without = _heldOut > 0 && _folds > 0 ? "'--held-out' 0 and no '--tune' do" : _folds > 0 ? "a fit without '--tune' does" : "'--held-out' 0 does";
            string most = copies > 0 ? $", of which {ByteSize.Of(copies)} for copies of rows, which {without} without" : "";
            throw new RecipeException($"the fit needs {ByteSize.Of(needed)}{most}; accepted is what fits into '--memory', {ByteSize.Of(_limit)}.");
        }
    }
}
