using Rheo.Agent;
using Rheo.Cli;

using var output = Commands.OpenText(1);
using var error = Commands.OpenText(2);
if (CoreRun.IsAsked(args))
    return CoreRun.Run(error);
return CommandLine.Run(args, new Commands(Commands.OpenAlone, error, Commands.Warden), output, error);
