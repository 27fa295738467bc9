using Hetero.Core.Random;

namespace Hetero.Core.Theory.Multipliers;

/// <summary>Independent draws of one diagonal entry, one after another: what the simulations of scalar recursions walk through.</summary>
internal sealed class ScalarDraws(EntryLaw law, RandomStream stream)
{
    private readonly double[] _draws = new double[256];
    private long _filled;
    private int _left;

    /// <summary>Returns the next draw of s.</summary>
    public double Next()
    {
        if (_left == 0)
        {
            stream.FillUniform(_filled, _draws.AsSpan());
            law.ToDraws(_draws);
            _filled += _draws.Length;
            _left = _draws.Length;
        }

        return _draws[^_left--];
    }
}
