using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>
/// Says the value of an objective whose gradient is checked: a function of the iterate M alone, through risks and gradients.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="risks">R_e(M) = (1/2n) Σ (⟨X_i, M⟩ − y_i)² of each environment.</param>
/// <param name="environments">Their gradients G_e in M, their probabilities, and M itself.</param>
public delegate double ObjectiveValue<T>(ReadOnlySpan<double> risks, EnvironmentGradients<T> environments)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
