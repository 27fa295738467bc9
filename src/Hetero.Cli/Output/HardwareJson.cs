using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Cli.Output;

/// <summary>The members that every manifest has: versions and hardware. Nothing in it depends on the time.</summary>
internal static class HardwareJson
{
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteString("version", ProductVersion.Text);
        json.WriteNumber("streamVersion", RandomStream.Version);
        json.WriteNumber("arithmeticVersion", Arithmetic.Version);
        json.WriteStartObject("hardware");
        json.WriteString("simdPath", HardwareInfo.SimdPath);
        json.WriteNumber("vectorBits", HardwareInfo.VectorBits);
        json.WriteBoolean("avx2", HardwareInfo.HasAvx2);
        json.WriteBoolean("avx512", HardwareInfo.HasAvx512);
        json.WriteBoolean("fma", HardwareInfo.HasFma);
        json.WriteBoolean("advSimd", HardwareInfo.HasAdvSimd);
        json.WriteNumber("processors", HardwareInfo.ProcessorCount);
        json.WriteString("architecture", HardwareInfo.Architecture);
        json.WriteString("operatingSystem", HardwareInfo.OperatingSystem);
        json.WriteString("runtime", HardwareInfo.Runtime);
        json.WriteEndObject();
    }
}
