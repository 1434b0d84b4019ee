// @ts-check
/** The course as a page carries it, made whole: guidelines and references stand in it once. */

/** @param {any} course @returns {any} the course, its stories complete in themselves */
export function restored(course) {
  for (const story of course.stories) {
    for (const name of ["guidelines", "references"]) {
      const own = story[name];
      if (Array.isArray(own)) story[name] = Object.fromEntries(own.map((id) => [id, course[name][id]]));
    }
    for (const scene of Object.values(story.scenes)) scene.choices ??= {};
  }
  return course;
}
