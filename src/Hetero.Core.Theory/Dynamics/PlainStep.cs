using System.Numerics;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>What observers of (22)–(24) and (127) presume of a trainer.</summary>
internal static class PlainStep
{
    /// <summary>Refuses a trainer whose signals are not known, or whose step is not U − η·G·U.</summary>
    public static void Check<T>(Trainer<T> trainer, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!trainer.HasSignals || !trainer.Model.IsGramFactor || trainer.UpdateRule is not Sgd<T>)
        {
            throw new ArgumentException(
                $"'{name}' runs {trainer.Algorithm} with {trainer.Model.GetType().Name} and {trainer.UpdateRule.GetType().Name}; "
                + "accepted are known signals, UUᵀ and the plain step U − η·G·U.",
                name);
        }
    }
}
