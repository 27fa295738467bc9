using System.CommandLine;
namespace Hetero.Cli.Reproduce;
internal static class ReproduceCommand { public static Command Create(CommandContext context) { _ = context; return new("reproduce"); } }
