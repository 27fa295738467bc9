using Hetero.Core.Random;

namespace Hetero.Core.Theory.Stability;

/// <summary>Independent draws of one diagonal entry, one after another: what the simulations of scalar recursions walk through.</summary>
internal sealed class ScalarDraws(EntryLaw law, RandomStream stream)
{
    private readonly double[] _uniforms = new double[256];
    private long _next;

    /// <summary>Returns the next draw of s.</summary>
    public double Next()
    {
        int index = (int)(_next % _uniforms.Length);
        if (index == 0)
        {
            stream.FillUniform(_next, _uniforms.AsSpan());
        }

        _next++;
        return law.Quantile(_uniforms[index]);
    }
}
