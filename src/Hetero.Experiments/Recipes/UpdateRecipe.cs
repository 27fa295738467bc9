using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Experiments.Recipes;

/// <summary>An update rule in names and numbers: what a step makes of the direction. The default is the plain step.</summary>
/// <remarks>
/// Clipping comes first, then the decay, then the rule; all of it stands in the shrinkage of <see cref="ModelKind.QuadraticNetwork"/>. A number that the rule does not have is null, and
/// so is one that is left to the rule's default. Two are equal if all values are. Immutable and thread-safe. Values are checked by <see cref="RunRecipe.Check"/>.
/// </remarks>
public sealed record UpdateRecipe
{
    /// <summary>Gets the rule.</summary>
    public UpdateKind Rule { get; init; } = UpdateKind.Sgd;

    /// <summary>Gets the momentum β, from 0 to below 1, of heavy ball and Nesterov (null means 0.9), sign descent (0) and Muon (0.95).</summary>
    public double? Momentum { get; init; }

    /// <summary>Gets Adam's β1, from 0 to below 1; null means 0.9.</summary>
    public double? FirstDecay { get; init; }

    /// <summary>Gets Adam's β2, from 0 to below 1; null means 0.999.</summary>
    public double? SecondDecay { get; init; }

    /// <summary>Gets Adam's ε, above 0; null means 1e-8.</summary>
    public double? Epsilon { get; init; }

    /// <summary>Gets how Muon makes its matrix; null means Newton–Schulz.</summary>
    public Orthogonalization? Orthogonalization { get; init; }

    /// <summary>Gets the decoupled weight decay λ, 0 or above; 0 is none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Gets the norm that directions are clipped to, above 0; null for none.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Makes the rule.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <exception cref="ArgumentException">A number is out of range, or the precision does not hold it.</exception>
    public UpdateRule<T> Create<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        UpdateRecipe said = Resolve();
        UpdateRule<T> rule = Rule switch
        {
            UpdateKind.HeavyBall => new HeavyBall<T>(said.Momentum!.Value),
            UpdateKind.Nesterov => new Nesterov<T>(said.Momentum!.Value),
            UpdateKind.Adam => new Adam<T>(said.FirstDecay!.Value, said.SecondDecay!.Value, said.Epsilon!.Value),
            UpdateKind.SignDescent => new SignDescent<T>(said.Momentum!.Value),
            UpdateKind.Muon => new Muon<T>(said.Momentum!.Value, said.Orthogonalization!.Value),
            _ => new Sgd<T>(),
        };
        rule = WeightDecay == 0 ? rule : new DecoupledWeightDecay<T>(rule, WeightDecay);
        return ClipNorm is { } norm ? new ClippedDirection<T>(rule, norm) : rule;
    }

    /// <summary>The numbers that a rule has, at their defaults; null for those that it has none of.</summary>
    internal static UpdateRecipe Default(UpdateKind rule) => rule switch
    {
        UpdateKind.HeavyBall or UpdateKind.Nesterov => new() { Rule = rule, Momentum = 0.9 },
        UpdateKind.Adam => new() { Rule = rule, FirstDecay = 0.9, SecondDecay = 0.999, Epsilon = 1e-8 },
        UpdateKind.SignDescent => new() { Rule = rule, Momentum = 0 },
        UpdateKind.Muon => new() { Rule = rule, Momentum = 0.95, Orthogonalization = Core.Training.Orthogonalization.NewtonSchulz },
        _ => new() { Rule = rule },
    };

    /// <summary>Says what is left to the rule's defaults.</summary>
    internal UpdateRecipe Resolve()
    {
        UpdateRecipe own = Default(Rule);
        return this with
        {
            Momentum = Momentum ?? own.Momentum,
            FirstDecay = FirstDecay ?? own.FirstDecay,
            SecondDecay = SecondDecay ?? own.SecondDecay,
            Epsilon = Epsilon ?? own.Epsilon,
            Orthogonalization = Orthogonalization ?? own.Orthogonalization,
        };
    }

    /// <summary>Leaves to the rule's defaults what has their values.</summary>
    internal UpdateRecipe LeaveOpen()
    {
        UpdateRecipe own = Default(Rule);
        return this with
        {
            Momentum = Momentum == own.Momentum ? null : Momentum,
            FirstDecay = FirstDecay == own.FirstDecay ? null : FirstDecay,
            SecondDecay = SecondDecay == own.SecondDecay ? null : SecondDecay,
            Epsilon = Epsilon == own.Epsilon ? null : Epsilon,
            Orthogonalization = Orthogonalization == own.Orthogonalization ? null : Orthogonalization,
        };
    }
}
