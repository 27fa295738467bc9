namespace Hetero.Core.Theory.Dynamics;

/// <summary>What R_t, Q_t and E_t of a <see cref="ConstructedStep"/> are like.</summary>
internal enum ConstructedState
{
    /// <summary>‖R_t‖ is a share of min(4R_t, 1.1), ‖E_t‖ one of ‖R_t‖ with ‖E_t‖_F &lt; 1.</summary>
    Any,

    /// <summary>As Lemma 14 wants it: t &lt; T1, singular values of R_t in [R̲_t, R̄_t], ‖Q_t‖ and ‖E_t‖ below 1/(96·log(1/α)).</summary>
    Growth,

    /// <summary>As Lemma 15 wants it: t &gt; T1, singular values of R_t from 0.26 to 1.002, ‖Q_t‖ and ‖E_t‖ below 0.05.</summary>
    Convergence,
}
