namespace Hetero.Core.Benchmarks.Tests.Peers;

/// <summary>A program in the place of Python: a script of the shell that answers as a worker does, but for what a test puts in.</summary>
internal sealed class FakeInterpreter : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hetero-peers-").FullName;

    /// <summary>Writes the script.</summary>
    /// <param name="start">What it does before it reads a command.</param>
    /// <param name="check">What it does for <c>check</c>; <c>$rest</c> is the case.</param>
    /// <param name="run">What it does for <c>run</c>.</param>
    public FakeInterpreter(string start = ":", string check = "echo 1 2", string run = "echo 0.5 0.5")
    {
        if (OperatingSystem.IsWindows())
        {
            Xunit.Assert.Skip("This system has no /bin/sh.");
            return;
        }

        File.WriteAllText(
            Path,
            $$"""
            #!/bin/sh
            {{start}}
            while read -r command rest; do
                case $command in
                    info) echo '{"python":"3","numpy":"1","numpy_avx512":false,"core":"{{Benchmarks.Peers.PythonWorker.CoreType}}"}' ;;
                    check) {{check}} ;;
                    run) {{run}} ;;
                esac
            done

            """);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path => System.IO.Path.Combine(_folder, "python");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
