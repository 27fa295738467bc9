using Hetero.Core.Training;

namespace Hetero.Experiments.Recipes;

/// <summary>The update rules: what a step makes of the direction.</summary>
public enum UpdateKind
{
    /// <summary>The plain step, <see cref="Sgd{T}"/>.</summary>
    Sgd,

    /// <summary>Heavy-ball momentum, <see cref="HeavyBall{T}"/>.</summary>
    HeavyBall,

    /// <summary>Nesterov's momentum, <see cref="Nesterov{T}"/>.</summary>
    Nesterov,

    /// <summary><see cref="Adam{T}"/>.</summary>
    Adam,

    /// <summary>The sign of the direction, <see cref="SignDescent{T}"/>.</summary>
    SignDescent,

    /// <summary>Orthogonalized momentum, <see cref="Muon{T}"/>.</summary>
    Muon,
}
