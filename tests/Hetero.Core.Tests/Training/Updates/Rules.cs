using System.Numerics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>The update rules under test, with numbers far from their limits, each with its plain form.</summary>
internal static class Rules
{
    public static readonly string[] Names =
    [
        "sgd", "heavy ball", "Nesterov", "Adam", "sign", "sign with momentum", "Muon", "Muon, polar", "AdamW", "decayed heavy ball", "clipped", "clipped Nesterov",
    ];

    public static TheoryData<string> All() => [.. Names];

    public static UpdateRule<T> Create<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => name switch
        {
            "sgd" => new Sgd<T>(),
            "heavy ball" => new HeavyBall<T>(0.8),
            "Nesterov" => new Nesterov<T>(0.7),
            "Adam" => new Adam<T>(0.8, 0.95, 1e-6),
            "sign" => new SignDescent<T>(),
            "sign with momentum" => new SignDescent<T>(0.6),
            "Muon" => new Muon<T>(0.9),
            "Muon, polar" => new Muon<T>(0.5, Orthogonalization.Polar),
            "AdamW" => new DecoupledWeightDecay<T>(new Adam<T>(0.8, 0.95, 1e-6), 0.3),
            "decayed heavy ball" => new DecoupledWeightDecay<T>(new HeavyBall<T>(0.8), 0.2),
            "clipped" => new ClippedDirection<T>(new Sgd<T>(), 0.5),
            _ => new ClippedDirection<T>(new Nesterov<T>(0.7), 0.5),
        };

    public static PlainUpdate.Rule Plain(string name) => name switch
    {
        "sgd" => PlainUpdate.Sgd,
        "heavy ball" => PlainUpdate.HeavyBall(0.8),
        "Nesterov" => PlainUpdate.Nesterov(0.7),
        "Adam" => PlainUpdate.Adam(0.8, 0.95, 1e-6),
        "sign" => PlainUpdate.Sign(0),
        "sign with momentum" => PlainUpdate.Sign(0.6),
        "Muon" => PlainUpdate.Muon(0.9, PlainUpdate.NewtonSchulz),
        "Muon, polar" => PlainUpdate.Muon(0.5, PlainUpdate.Polar),
        "AdamW" => PlainUpdate.Decayed(PlainUpdate.Adam(0.8, 0.95, 1e-6), 0.3),
        "decayed heavy ball" => PlainUpdate.Decayed(PlainUpdate.HeavyBall(0.8), 0.2),
        "clipped" => PlainUpdate.Clipped(PlainUpdate.Sgd, 0.5),
        _ => PlainUpdate.Clipped(PlainUpdate.Nesterov(0.7), 0.5),
    };
}
