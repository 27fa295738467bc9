namespace Hetero.Core.Theory.Dynamics;

/// <summary>What R_t, Q_t and E_t of a <see cref="ConstructedStep"/> are like.</summary>
internal enum ConstructedState
{
    /// <summary>‖R_t‖ is a share of min(4R_t, 1.1), ‖E_t‖ one of ‖R_t‖ with ‖E_t‖_F &lt; 1.</summary>
    Any,

    /// <summary>As <see cref="Any"/>, with ‖Q_t‖ &lt; 1.1, and measurements that turn the residual into the direction of a column of Q_t now and then.</summary>
    Bounded,

    /// <summary>As <see cref="Any"/>, with ‖Q_t‖ at √r2·p^{−1.5}r2^{1.5}·L_t: every column at its barrier, along R_t's first direction.</summary>
    AtBarrier,

    /// <summary>
    /// What feeds E_t most: ‖R_t‖ and ‖Q_t‖ near 1 along one direction, E_t of rank one along it, and measurements that turn the residual into −E_tU_tᵀ.
    /// </summary>
    Feeding,

    /// <summary>As Lemma 14 wants it: t &lt; T1, singular values of R_t in [R̲_t, R̄_t], ‖Q_t‖ and ‖E_t‖ below 1/(96·log(1/α)).</summary>
    Growth,

    /// <summary>As Lemma 15 wants it: t &gt; T1, singular values of R_t from 0.26 to 1.002, ‖Q_t‖ and ‖E_t‖ below 0.05.</summary>
    Convergence,
}
