using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Phases;

/// <summary>The bullets of Theorems 4 and 5 along a run that was recorded from t = 0.</summary>
/// <remarks>Thread-safe: immutable.</remarks>
internal sealed class PhaseClaims
{
    private readonly TheoremSetting _setting;
    private readonly IReadOnlyList<PartNorms> _rows;
    private readonly CalibrationLine _line;

    public PhaseClaims(TheoremSetting setting, IReadOnlyList<PartNorms> rows)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(rows);
        Guard.AtLeast(rows.Count, 1, "rows.Count");
        (_setting, _rows) = (setting, rows);
        _line = setting.Line(rows.Count - 1);
    }

    /// <summary>Gets δ·√(r1 + r2).</summary>
    public double Unit => _setting.RipConstant * Math.Sqrt(_setting.Problem.InvariantRank + _setting.Problem.SpuriousRank);

    private double LogScale => -Math.Log(_setting.InitialScale);

    /// <summary>min over t &lt; last and j = 1, r1 of σ_j(R_{t+1})/σ_j(R_t), less 1, in units of η.</summary>
    public double SlowestGrowth(int last)
    {
        double slowest = double.PositiveInfinity;
        for (int t = 0; t < last; t++)
        {
            slowest = Math.Min(slowest, _rows[t + 1].LargestInvariant / _rows[t].LargestInvariant);
            slowest = Math.Min(slowest, _rows[t + 1].SmallestInvariant / _rows[t].SmallestInvariant);
        }

        return (slowest - 1) / _setting.StepSize;
    }

    /// <summary>The claim σ_j(R_{t+1}) &gt; (1 + ηg)σ_j(R_t) up to a step, and σ(R) ∈ (1/4, 7/18) there.</summary>
    public IReadOnlyList<Inequality> Growth(int last, double factor) =>
    [
        Inequality.Above(FormattableString.Invariant($"min (σ_j(R_(t+1))/σ_j(R_t) − 1)/η > {factor:G3}"), SlowestGrowth(last), factor),
        Inequality.Above("σ_r1(R_T1) > 1/4", _rows[last].SmallestInvariant, 0.25),
        Inequality.Below("σ_1(R_T1) < 7/18", _rows[last].LargestInvariant, 7.0 / 18),
    ];

    /// <summary>max over t of ‖Q_t‖_F/(r2²·L_t): the bound needs p^−1.5 of that size.</summary>
    public double SpuriousExcess()
    {
        double squares = _setting.Problem.SpuriousRank * _setting.Problem.SpuriousRank, excess = 0;
        for (int t = 0; t < _rows.Count; t++)
        {
            excess = Math.Max(excess, _rows[t].Spurious / (squares * _line.Values[t]));
        }

        return excess;
    }

    /// <summary>The largest c_v for which ‖Q_t‖_F ≤ p^−1.5·r2²·L_t with p = c_v/(M2·log d) at all t.</summary>
    public double LargestViolationConstant()
        => _setting.Heterogeneity * Math.Log(_setting.Problem.Dimension) * Math.Pow(SpuriousExcess(), -2.0 / 3);

    /// <summary>The claim on Q_t with the c_v of the setting.</summary>
    public Inequality Spurious() => Inequality.AtMost(
        "max_t ‖Q_t‖_F/(r2²·L_t) ≤ p^−1.5", SpuriousExcess(), Math.Pow(_setting.ViolationProbability, -1.5));

    /// <summary>The claims on E_t from a step to another, with all constants 1: ‖E_t‖ ≤ unit and ‖E_t‖_F² ≤ δ²M1²(r1 + r2)^1.5·log²(1/α).</summary>
    public IReadOnlyList<Inequality> Residual(int first, int last, double unit)
    {
        double norm = 0, squares = 0;
        for (int t = first; t <= last; t++)
        {
            norm = Math.Max(norm, _rows[t].Residual);
            squares = Math.Max(squares, _rows[t].ResidualFrobenius * _rows[t].ResidualFrobenius);
        }

        double ranks = _setting.Problem.InvariantRank + _setting.Problem.SpuriousRank, scaled = Unit * _setting.Bound * LogScale;
        return
        [
            Inequality.AtMost("max_t ‖E_t‖ ≤ C × the bound of the theorem", norm, unit),
            Inequality.AtMost("max_t ‖E_t‖_F² ≤ δ²·M1²·(r1 + r2)^1.5·log²(1/α)", squares, scaled * scaled * Math.Sqrt(ranks)),
        ];
    }

    /// <summary>The larger of the quotients left/right of claims.</summary>
    public static double Largest(IReadOnlyList<Inequality> claims) => claims.Max(claim => claim.Left / claim.Right);
}
