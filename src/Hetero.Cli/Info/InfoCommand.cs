using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Info;

/// <summary>hetero info: versions, hardware paths and memory.</summary>
internal static class InfoCommand
{
    public static Command Create(CommandContext context)
    {
        Option<bool> json = OptionFactory.Flag("--json", "Write JSON.");
        ExampleCommand command = new("info", "Say which version this is and what hardware paths are in use.", "hetero info --json");
        command.Options.Add(json);
        command.SetAction(result =>
        {
            if (result.GetValue(json))
            {
                WriteJson(context.Output);
            }
            else
            {
                WriteText(context.Output);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteText(TextWriter output)
    {
        output.WriteLine($"hetero          {ProductVersion.Text}");
        output.WriteLine($"random streams  version {RandomStream.Version}");
        output.WriteLine($"arithmetic      version {Arithmetic.Version}");
        output.WriteLine($"vector path     {HardwareInfo.SimdPath} ({HardwareInfo.VectorBits} bits)");
        output.WriteLine($"AVX2            {YesNo(HardwareInfo.HasAvx2)}");
        output.WriteLine($"AVX-512         {YesNo(HardwareInfo.HasAvx512)}");
        output.WriteLine($"FMA             {YesNo(HardwareInfo.HasFma)}");
        output.WriteLine($"AdvSimd         {YesNo(HardwareInfo.HasAdvSimd)}");
        output.WriteLine($"processors      {HardwareInfo.ProcessorCount} ({HardwareInfo.Architecture})");
        output.WriteLine($"runtime         {HardwareInfo.Runtime}");
        output.WriteLine($"system          {HardwareInfo.OperatingSystem}");
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        output.WriteLine($"memory          {ByteSize.Of(memory)}, a run may take {ByteSize.Of(RunRecipe.DefaultMemory)}");
    }

    private static void WriteJson(TextWriter output)
    {
        using MemoryStream stream = new();
        JsonText.WriteObject(stream, json =>
        {
            json.WriteString("command", "info");
            HardwareJson.Write(json);
            json.WriteNumber("memory", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            json.WriteNumber("runMemory", RunRecipe.DefaultMemory);
        });
        output.Write(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
