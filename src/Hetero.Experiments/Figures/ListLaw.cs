using Hetero.Core.Random;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Experiments.Figures;

/// <summary>A law that lists of environments are drawn from, with the mean and the deviation of log|1 + ηs|.</summary>
internal sealed class ListLaw
{
    // Nodes of the middle rule: the logarithm's pole costs some 1e-5 of the mean.
    private const int Nodes = 200_000;

    private readonly Func<double, double, double> _draw;

    private ListLaw(string name, EntryLaw? entries, double exponent, double deviation, Func<double, double, double> draw)
        => (Name, Entries, Exponent, Deviation, _draw) = (name, entries, exponent, deviation, draw);

    /// <summary>Gets what it is called.</summary>
    public string Name { get; }

    /// <summary>Gets the law where it is bounded.</summary>
    public EntryLaw? Entries { get; }

    /// <summary>Gets E log|1 + ηs|.</summary>
    public double Exponent { get; }

    /// <summary>Gets the standard deviation of log|1 + ηs|.</summary>
    public double Deviation { get; }

    /// <summary>A law of bounded entries.</summary>
    public static ListLaw Of(string name, EntryLaw law, double stepSize)
    {
        double exponent = MultiplierGrowth.LyapunovExponent(law, stepSize);
        double squares = law.IsDiscrete
            ? Enumerable.Range(0, law.Values.Length).Sum(i => law.Probabilities[i] * Square(law.Values[i]))
            : Enumerable.Range(0, Nodes).Average(i => Square(law.Quantile((i + 0.5) / Nodes)));
        return new(name, law, exponent, Math.Sqrt(squares - (exponent * exponent)), (first, _) => law.Quantile(first));

        double Square(double s) => Math.Pow(Math.Log(Math.Abs(1 + (stepSize * s))), 2);
    }

    /// <summary>
    /// Student's law of ν degrees of freedom, mean + scale·T; Cauchy's for ν = 1. T = √ν·tan φ with a density ∝ cos^{ν−1}φ; drawn by Bailey's formula.
    /// </summary>
    public static ListLaw Student(string name, double degrees, double mean, double scale, double stepSize)
    {
        double middle = 1 + (stepSize * mean), width = stepSize * scale * Math.Sqrt(degrees), weight = 0, sum = 0, squares = 0;
        for (int i = 0; i < Nodes; i++)
        {
            (double sine, double cosine) = Math.SinCos(Math.PI * (((i + 0.5) / Nodes) - 0.5));
            double density = Math.Pow(cosine, degrees - 1), log = Math.Log(Math.Abs(middle + (width * sine / cosine)));
            weight += density;
            sum += density * log;
            squares += density * log * log;
        }

        double exponent = sum / weight;
        return new(name, null, exponent, Math.Sqrt((squares / weight) - (exponent * exponent)), (first, second) =>
            mean + (scale * Math.Sqrt(degrees * (Math.Pow(1 - first, -2 / degrees) - 1)) * Math.Cos(2 * Math.PI * second)));
    }

    /// <summary>Draws environment e of a list.</summary>
    public double Draw(RandomStream list, int environment)
    {
        (uint w0, uint w1, uint w2, uint w3) = list.Block((ulong)environment);
        return _draw(Unit(w0, w1), Unit(w2, w3));

        static double Unit(uint low, uint high) => ((((ulong)high << 32) | low) >> 11) * (1.0 / (1L << 53));
    }
}
