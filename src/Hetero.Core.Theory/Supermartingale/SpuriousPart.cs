namespace Hetero.Core.Theory.Supermartingale;

/// <summary>A part of q_t = U_tᵀv, seen from R_t = U_tᵀu (r1 = r2 = 1).</summary>
public enum SpuriousPart
{
    /// <summary>The component of q_t along R_t: damped by the learned signal and fed by noise times ‖R_t‖.</summary>
    AlongSignal,

    /// <summary>What of q_t is orthogonal to R_t: not damped, and fed by noise times the residual E_t.</summary>
    OrthogonalToSignal,
}
