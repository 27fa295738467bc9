using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Core.Environments;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Verify;

/// <summary>
/// The options that choose parameters of the instances of a check. They have the names of those of hetero run, and narrower ranges: an instance is
/// small, and its numbers are of a size that leaves digits.
/// </summary>
internal sealed class InstanceOptions
{
    private const int MaxDimension = 1000;

    private static readonly Choices<ScalarLaw> Laws = new(("two-point", ScalarLaw.TwoPoint), ("uniform", ScalarLaw.Uniform));

    private readonly ValueOption<int> _dimension = new("--dimension", "d", Whole("--dimension"), "The instances' dimension.");

    private readonly ValueOption<int> _invariantRank = new(
        "--invariant-rank", "r1", Whole("--invariant-rank"), "The rank of A*; r1 + r2 is at most d.");

    private readonly ValueOption<int> _spuriousRank = new(
        "--spurious-rank", "r2", Whole("--spurious-rank"), "The rank of the spurious signals; r1 + r2 is at most d.");

    private readonly ValueOption<int> _factorColumns = new(
        "--factor-columns", "k", Whole("--factor-columns"), "The number of columns of U, at most d.");

    private readonly ValueOption<int> _samples = new("--samples", "m", Whole("--samples"), "The number of samples of a batch.");

    private readonly ValueOption<double> _stepSize = new("--step-size", "eta", Range("--step-size"), "The step size.");

    private readonly ValueOption<double> _initialScale = new("--init-scale", "alpha", Range("--init-scale"), "The scale of the start.");

    private readonly ValueOption<double> _spuriousMean = new(
        "--spurious-mean", "mean", Range("--spurious-mean"), "The mean of the spurious scalar s.");

    private readonly ValueOption<double> _spread = new("--spread", "M", Range("--spread"), "The half-width of the law of s.");

    private readonly ValueOption<ScalarLaw> _environments = new("--environments", Laws.HelpName, Laws, "The law of s.");

    private readonly Option<bool> _ownDraws = OptionFactory.Flag("--own-draws", "Each spurious direction draws its own s.");

    private readonly ValueOption<double> _offDiagonal = new(
        "--off-diagonal", "o", Range("--off-diagonal"), "The absolute size of entries off the diagonal; 0 for none.");

    private readonly Option<bool> _orthogonal = OptionFactory.Flag("--orthogonal", "Make the invariant and the spurious subspace orthogonal.");

    private readonly ValueOption<double> _overlap = new(
        "--overlap", "E", NumberSyntax.Share, "Make all principal cosines of the two subspaces equal to E.");

    private readonly ValueOption<double> _factorSize = new(
        "--factor-size", "size", Range("--factor-size"), "The size of the random factor U, about its norm.");

    private IReadOnlyList<Option> All =>
    [
        _dimension, _invariantRank, _spuriousRank, _factorColumns, _samples, _stepSize, _initialScale, _spuriousMean, _spread, _environments, _ownDraws,
        _offDiagonal, _orthogonal, _overlap, _factorSize,
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The first of the options that is given; null if none is.</summary>
    public Option? FirstGiven(ParseResult result) => All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });

    /// <summary>Reads the options; null if none is given.</summary>
    public ChosenParameters? Read(ParseResult result)
    {
        if (FirstGiven(result) is null)
        {
            return null;
        }

        ChosenParameters chosen = new()
        {
            Dimension = Given(_dimension),
            InvariantRank = Given(_invariantRank),
            SpuriousRank = Given(_spuriousRank),
            FactorColumns = Given(_factorColumns),
            Samples = Given(_samples),
            StepSize = Given(_stepSize),
            InitialScale = Given(_initialScale),
            SpuriousMean = Given(_spuriousMean),
            Spread = Given(_spread),
            Environments = Given(_environments),
            OwnDraws = result.GetValue(_ownDraws) ? true : null,
            OffDiagonal = Given(_offDiagonal),
            Overlap = result.GetValue(_orthogonal) ? 0 : Given(_overlap),
            IsOrthogonal = result.GetValue(_orthogonal),
            FactorSize = Given(_factorSize),
        };
        Check(chosen, result);
        return chosen;

        T? Given<T>(ValueOption<T> option)
            where T : struct
            => option.IsGiven(result) ? option.Read(result) : null;
    }

    private void Check(ChosenParameters chosen, ParseResult result)
    {
        if (_overlap.IsGiven(result) && result.GetValue(_orthogonal))
        {
            throw UsageException.Of(_overlap.Name, _overlap.Text(result), $"one of '{_overlap.Name}' and '{_orthogonal.Name}', not both");
        }

        int dimension = chosen.Dimension ?? MaxDimension, least = (chosen.InvariantRank ?? 1) + (chosen.SpuriousRank ?? 1);
        if (least > dimension)
        {
            ValueOption<int> rank = chosen.InvariantRank is not null ? _invariantRank : _spuriousRank;
            throw UsageException.Of(
                rank.Name,
                rank.Text(result),
                $"a rank for which r1 + r2, here {least} or more, is at most {(chosen.Dimension is null ? "" : "'--dimension', ")}{dimension}");
        }

        if (chosen.FactorColumns > dimension)
        {
            throw UsageException.Of(_factorColumns.Name, _factorColumns.Text(result), $"a whole number from 1 to '--dimension', {dimension}");
        }

        if (chosen is { OffDiagonal: > 0, SpuriousRank: not >= 2 })
        {
            throw UsageException.Of(
                _offDiagonal.Name, _offDiagonal.Text(result), "0, or a size with '--spurious-rank' 2 or more: with 1 there is nothing off the diagonal");
        }
    }

    private static ValueSyntax<int> Whole(string name)
    {
        (double least, double greatest) = ChosenOption.All.First(option => option.Name == name).Range!.Value;
        return NumberSyntax.Whole((int)least, (int)greatest);
    }

    private static ValueSyntax<double> Range(string name)
    {
        (double least, double greatest) = ChosenOption.All.First(option => option.Name == name).Range!.Value;
        return NumberSyntax.Range(least, greatest);
    }
}
