namespace Hetero.Core.Theory.Multipliers;

/// <summary>A step with momentum β on a column that the plain step multiplies by 1 + ηs.</summary>
public enum MomentumKind
{
    /// <summary>Heavy ball: q_{t+1} = (1 + ηs_t + β)q_t − βq_{t−1}.</summary>
    HeavyBall,

    /// <summary>Nesterov's: q_{t+1} = (1 + β)(1 + ηs_t)q_t − β(1 + ηs_{t−1})q_{t−1}.</summary>
    Nesterov,
}
