using System.Text.RegularExpressions;
using Hetero.Core.Environments;
using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>The parameters of an instance that the user chose; null for those that each check draws or sets.</summary>
internal sealed record ChosenParameters
{
    public int? Dimension { get; init; }

    public int? InvariantRank { get; init; }

    public int? SpuriousRank { get; init; }

    public int? FactorColumns { get; init; }

    public int? Samples { get; init; }

    public double? StepSize { get; init; }

    public double? InitialScale { get; init; }

    public double? SpuriousMean { get; init; }

    public double? Spread { get; init; }

    public ScalarLaw? Environments { get; init; }

    public bool? OwnDraws { get; init; }

    public double? OffDiagonal { get; init; }

    public double? Overlap { get; init; }

    /// <summary>Gets whether the overlap of 0 was given as --orthogonal.</summary>
    public bool IsOrthogonal { get; init; }

    public double? FactorSize { get; init; }

    /// <summary>Sets the chosen values, and lets sizes that were not chosen fit to them. Twice is the same as once.</summary>
    public TheoryInstance Apply(TheoryInstance instance)
    {
        int dimension = Dimension ?? Math.Max(instance.Dimension, Math.Max(FactorColumns ?? 1, (InvariantRank ?? 1) + (SpuriousRank ?? 1)));
        int invariant = InvariantRank ?? Math.Min(instance.InvariantRank, dimension - (SpuriousRank ?? 1));
        int spurious = SpuriousRank ?? Math.Min(instance.SpuriousRank, dimension - invariant);
        return instance with
        {
            Dimension = dimension,
            InvariantRank = invariant,
            SpuriousRank = spurious,
            Columns = FactorColumns ?? (instance.Columns > dimension ? dimension : instance.Columns),
            Samples = Samples ?? instance.Samples,
            StepSize = StepSize ?? instance.StepSize,
            InitialScale = InitialScale ?? instance.InitialScale,
            Mean = SpuriousMean ?? instance.Mean,
            Spread = Spread ?? instance.Spread,
            Law = Environments ?? instance.Law,
            OwnDraws = OwnDraws ?? instance.OwnDraws,
            OffDiagonal = OffDiagonal ?? instance.OffDiagonal,
            Overlap = Overlap ?? instance.Overlap,
            FactorSize = FactorSize ?? instance.FactorSize,
        };
    }

    /// <summary>The options that were chosen.</summary>
    public IEnumerable<ChosenOption> Given() => ChosenOption.All.Where(option => option.Get(this) is not null);

    /// <summary>The options that an instance does not have as they were chosen.</summary>
    public IEnumerable<ChosenOption> Moved(TheoryInstance instance) => Given().Where(option => !Equals(option.Get(this), option.Of(instance)));

    /// <summary>The name under which an option was given.</summary>
    public string NameOf(ChosenOption option) => IsOrthogonal && option.Property == nameof(TheoryInstance.Overlap) ? "--orthogonal" : option.Name;

    /// <summary>The value of an option as it was given; for one that was given without a value its name.</summary>
    public string GivenText(ChosenOption option) => NameOf(option) == option.Name ? ChosenOption.Text(option.Get(this)) : NameOf(option);

    /// <summary>
    /// Puts the options in the place of the library's names where a text says of one that it is the chosen value; names what is given where it says so of none.
    /// </summary>
    public string InOptions(string text)
    {
        string found = text;
        foreach (ChosenOption option in Given())
        {
            string value = ChosenOption.Text(option.Get(this)), library = $@"'(?:instance\.)?{option.Property}' is {Regex.Escape(value)}(?![\w.]*\d)";
            found = Regex.Replace(found, library, $"'{option.Name}' is {value}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }

        return found != text ? found : $"{text} (given: {string.Join(", ", Given().Select(option => NameOf(option) == option.Name ? $"{option.Name} {GivenText(option)}" : GivenText(option)))})";
    }
}
