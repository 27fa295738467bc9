using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace YourParts;

/// <summary>The mean risk plus λ/2·Σ π_e‖G_e − Ḡ‖², the variance of the environments' gradients.</summary>
public sealed class VariancePenalty(double weight) : Objective<double>
{
    private double[] _mean = [];
    private double[] _away = [];

    public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
    {
        if (_mean.Length != gradient.Length)
        {
            (_mean, _away) = (new double[gradient.Length], new double[gradient.Length]);
        }

        Array.Clear(_mean);
        for (int e = 0; e < environments.Count; e++)
        {
            TensorPrimitives.MultiplyAdd(environments.GetGradient(e), environments.GetProbability(e), _mean, _mean);
        }

        // The derivative of G_e in a direction B is Apply(B), so that of the penalty is λ·Σ π_e·Apply(G_e − Ḡ).
        for (int e = 0; e < environments.Count; e++)
        {
            TensorPrimitives.Subtract(environments.GetGradient(e), _mean, _away);
            TensorPrimitives.Multiply(_away, weight * environments.GetProbability(e), _away);
            environments.Apply(e, _away, gradient, cancellation);
        }

        TensorPrimitives.Add(gradient, _mean, gradient);
    }

    public override Int128 BufferBytes(in RunSizes sizes) => 2 * sizeof(double) * sizes.SvecLength;

    public override void Describe(PartDescription description) => description.Add("variancePenalty", weight);
}
